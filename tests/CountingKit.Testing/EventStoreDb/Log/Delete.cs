namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>Hides all of a stream's events; more may follow.</summary>
internal sealed record SoftDelete(string Stream, Expected Expected) : IWrite
{
    public Decision Decide(WriterState state)
    {
        var view = state.View(Stream);
        if (Deletion.Refusal(view, Expected, allowsMissing: false) is { } refusal) return new Decision.Answer(refusal);
        return new Decision.Write([state.Truncation(Stream, view, StreamMetadata.Everything)], 0);
    }
}

/// <summary>Ends a stream for ever.</summary>
internal sealed record Tombstone(string Stream, Expected Expected) : IWrite
{
    public const string EventType = "$streamDeleted";

    public Decision Decide(WriterState state)
    {
        if (Deletion.Refusal(state.View(Stream), Expected, allowsMissing: true) is { } refusal)
            return new Decision.Answer(refusal);
        var tombstone = new ProposedEvent(Guid.CreateVersion7(), EventType, true, default, default);
        return new Decision.Write([new(Stream, StreamView.TombstoneRevision, tombstone)], 0);
    }
}

internal static class Deletion
{
    public static WriteResult? Refusal(StreamView view, Expected expected, bool allowsMissing) => expected.Kind switch
    {
        _ when view.Status == StreamStatus.Tombstoned => new WriteResult.StreamDeleted(),
        ExpectedKind.StreamExists when view.Status == StreamStatus.SoftDeleted => new WriteResult.StreamDeleted(),
        ExpectedKind.Any or ExpectedKind.NoStream when view.Last < 0 && allowsMissing => null,
        _ when view.Last < 0 => new WriteResult.WrongVersion(-1),
        ExpectedKind.Any or ExpectedKind.StreamExists => null,
        _ => expected.Number == view.Last ? null : new WriteResult.WrongVersion(view.Last),
    };
}
