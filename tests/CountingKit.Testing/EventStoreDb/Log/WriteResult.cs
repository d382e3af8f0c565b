namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>What came of a write.</summary>
internal abstract record WriteResult
{
    /// <summary>It stands in the log, now or since an earlier try.</summary>
    /// <param name="Revision">Of its last event, −1 when there is none.</param>
    /// <param name="Position">Of its last event, null when the write brought none.</param>
    public sealed record Written(long Revision, long? Position) : WriteResult;

    /// <param name="Current">The stream's last revision, −1 when there is no stream.</param>
    public sealed record WrongVersion(long Current) : WriteResult;

    public sealed record StreamDeleted : WriteResult;
}

/// <summary>What the log does with a write.</summary>
internal abstract record Decision
{
    public sealed record Answer(WriteResult Result) : Decision;

    /// <param name="Told">Which of the records the answer speaks of.</param>
    public sealed record Write(IReadOnlyList<NewRecord> Records, int Told) : Decision;
}

/// <summary>Somebody's wish to write to one stream.</summary>
internal interface IWrite
{
    string Stream { get; }

    Decision Decide(WriterState state);
}
