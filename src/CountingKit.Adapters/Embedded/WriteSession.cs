using CountingKit.EventSourcing;
using Microsoft.Data.Sqlite;

namespace CountingKit.Adapters.Embedded;

/// <summary>What an append came to; told to its caller only when the group is on the disk.</summary>
internal readonly record struct Outcome(Appended? Appended, ulong? Actual)
{
    public void Tell(PendingAppend append)
    {
        if (Appended is not null) append.Succeed(Appended);
        else append.Fail(new WrongExpectedRevisionException(append.Stream, append.Expected, Actual));
    }
}

/// <summary>The writer's connection with its prepared statements. One group is one transaction.</summary>
internal sealed class WriteSession : IDisposable
{
    private readonly EventFile file;
    private readonly SqliteConnection connection;
    private readonly TimeProvider time;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand rollback;
    private readonly SqliteCommand lastPosition;
    private readonly StreamLookup streams;
    private readonly EventInsert insert;

    public WriteSession(EventFile file, TimeProvider time)
    {
        (this.file, this.time) = (file, time);
        connection = file.OpenWriter();
        begin = connection.Prepare("BEGIN IMMEDIATE");
        commit = connection.Prepare("COMMIT");
        rollback = connection.Prepare("ROLLBACK");
        lastPosition = connection.Prepare("SELECT max(position) FROM event");
        streams = new StreamLookup(connection);
        insert = new EventInsert(connection);
    }

    /// <summary>Whether a failure now leaves open what became of the group.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>Decides each append on its own, in order, and commits those that hold.</summary>
    public Outcome[] Write(IReadOnlyList<PendingAppend> group)
    {
        begin.ExecuteNonQuery();
        var before = lastPosition.ExecuteScalar() is long last ? last : 0;
        var position = before;
        var outcomes = new Outcome[group.Count];
        for (var i = 0; i < group.Count; i++) outcomes[i] = Decide(group[i], ref position);

        if (position == before)
        {
            rollback.ExecuteNonQuery();
            return outcomes;
        }

        file.Check(connection);
        IsInDoubt = true;
        commit.ExecuteNonQuery();
        IsInDoubt = false;
        return outcomes;
    }

    public void Dispose()
    {
        insert.Dispose();
        streams.Dispose();
        lastPosition.Dispose();
        rollback.Dispose();
        commit.Dispose();
        begin.Dispose();
        connection.Dispose();
    }

    private Outcome Decide(PendingAppend append, ref long position)
    {
        var head = streams.Head(append.Stream);
        var repeat = append.Expected.Match(
            any: () => streams.FindRecent(append.Stream, head, append.Events),
            noStream: () => head is null ? Repeat.None : streams.FindAt(append.Stream, 0, append.Events),
            streamExists: () => streams.FindRecent(append.Stream, head, append.Events),
            exact: expected => append.Expected.IsMetBy(head) || expected > head
                ? Repeat.None
                : streams.FindAt(append.Stream, (long)expected + 1, append.Events));

        if (repeat.Original is not null) return new(repeat.Original, null);
        if (repeat.IsPartial || !append.Expected.IsMetBy(head)) return new(null, head);

        var revision = head is { } at ? (long)at : -1;
        var created = time.GetUtcNow().UtcTicks;
        foreach (var @event in append.Events) insert.Run(++position, append.Stream, ++revision, created, @event);
        return new(new Appended((ulong)revision, At(position)), null);
    }

    internal static Position At(long position) => new((ulong)position, (ulong)position);
}
