using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Google.State;

/// <summary>What one request changes: written in one transaction, or taken back.</summary>
internal sealed class PendingWrites
{
    private readonly List<(Action<SandboxSession> Write, Action Undo)> writes = [];

    public void Add(Action<SandboxSession> write, Action undo) => writes.Add((write, undo));

    public void Commit(SandboxFile file)
    {
        if (writes.Count == 0) return;
        file.Transact(session => writes.ForEach(pair => pair.Write(session)));
        writes.Clear();
    }

    public void TakeBack()
    {
        for (var i = writes.Count - 1; i >= 0; i--) writes[i].Undo();
        writes.Clear();
    }
}
