using System.Threading.Channels;
using CountingKit.EventSourcing;

namespace CountingKit.Adapters.Embedded;

/// <summary>The one writer of this process: what came while it was committing is its next commit.</summary>
internal sealed class GroupWriter : IAsyncDisposable
{
    private const int GroupLimit = 256;

    private readonly EventFile file;
    private readonly TimeProvider time;
    private readonly AppendSignal appended;
    private readonly Channel<PendingAppend> queue =
        Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(4 * GroupLimit) { SingleReader = true });
    private readonly Task loop;

    public GroupWriter(EventFile file, TimeProvider time, AppendSignal appended)
    {
        (this.file, this.time, this.appended) = (file, time, appended);
        loop = Task.Run(Run);
    }

    public async Task<Appended> Append(PendingAppend append, CancellationToken ct)
    {
        try
        {
            await queue.Writer.WriteAsync(append, ct);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(EmbeddedEventStore));
        }

        await using var cancelling = ct.UnsafeRegister(
            static (state, token) => ((PendingAppend)state!).Cancel(token), append);
        return await append.Answer;
    }

    /// <summary>Writes what was handed in before, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
    }

    private async Task Run()
    {
        WriteSession? session = null;
        var group = new List<PendingAppend>(GroupLimit);
        while (await queue.Reader.WaitToReadAsync())
        {
            while (group.Count < GroupLimit && queue.Reader.TryRead(out var append))
                if (append.TryTake()) group.Add(append);
            if (group.Count > 0) session = Write(session, group);
            group.Clear();
        }

        session?.Dispose();
    }

    /// <summary>Gives the session for the next group; after a failure none, so that the file is opened anew.</summary>
    private WriteSession? Write(WriteSession? session, List<PendingAppend> group)
    {
        try
        {
            session ??= new WriteSession(file, time);
            var outcomes = session.Write(group);
            appended.Set();
            for (var i = 0; i < group.Count; i++) outcomes[i].Tell(group[i]);
            return session;
        }
        catch (Exception failure)
        {
            var inDoubt = session is { IsInDoubt: true };
            foreach (var append in group) append.Fail(StoreFailure.Of(append.Stream, failure, inDoubt));
            session?.Dispose();
            return null;
        }
    }
}
