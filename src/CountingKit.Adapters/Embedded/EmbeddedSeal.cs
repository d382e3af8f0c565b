namespace CountingKit.Adapters.Embedded;

/// <summary>
/// Closes an embedded log to appends, for every process that has it open and for good, while it stays readable: what was
/// appended before is all that there is to move.
/// </summary>
internal sealed class EmbeddedSeal(EmbeddedEventStoreOptions options)
{
    private const string Trigger = "event_log_is_sealed";

    public void Close() => Execute($"""
        CREATE TRIGGER IF NOT EXISTS {Trigger} BEFORE INSERT ON event
            BEGIN SELECT RAISE(ABORT, 'This log was moved to another event store and takes no more events.'); END
        """);

    public void Open() => Execute($"DROP TRIGGER IF EXISTS {Trigger}");

    /// <summary>Whether there is a log at all; opening one that isn't would make it.</summary>
    public bool Exists => File.Exists(options.Path);

    private void Execute(string sql)
    {
        using var file = new EventFile(options);
        using var connection = file.OpenWriter();
        connection.Execute(sql);
    }
}
