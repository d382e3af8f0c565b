using CountingKit.EventSourcing;
using CountingKit.Testing.Processes;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Follows a growing log and checks what is new in it: no gap, no double, what was told in its place.</summary>
internal sealed class LogChecker
{
    private readonly Dictionary<string, ulong> nextRevisions = [];
    private readonly HashSet<Guid> ids = [];
    private Position? end;

    /// <summary>The events seen so far.</summary>
    public int Count => ids.Count;

    public async Task Check(IEventStore store, IReadOnlyList<Acknowledged> acknowledged, int mostUnacknowledgedAppends)
    {
        var added = new Dictionary<ulong, StoredEvent>();
        await foreach (var read in store.ReadAll(ReadDirection.Forwards, end, null, CancellationToken.None))
        {
            if (read.Position == end) continue;
            Follow(read);
            added.Add(read.Position.Commit, read);
        }

        foreach (var told in acknowledged)
        {
            added.Should().ContainKey(told.Position, "it was acknowledged");
            var read = added[told.Position];
            new Acknowledged(read.Stream, read.Revision, read.Position.Commit, read.Id).Should().Be(told);
        }

        // An append has up to three events; a writer tells of one before it makes the next.
        (added.Count - acknowledged.Count).Should().BeInRange(0, 3 * mostUnacknowledgedAppends);
    }

    private void Follow(StoredEvent read)
    {
        read.Position.Commit.Should().Be((end?.Commit ?? 0) + 1, "positions have no gaps");
        read.Revision.Should().Be(nextRevisions.GetValueOrDefault(read.Stream), "a stream's revisions have no gaps");
        ids.Add(read.Id).Should().BeTrue("no event is there twice");
        nextRevisions[read.Stream] = read.Revision + 1;
        end = read.Position;
    }
}
