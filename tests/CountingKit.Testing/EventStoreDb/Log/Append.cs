namespace CountingKit.Testing.EventStoreDb.Log;

/// <summary>
/// Events for one stream, all or none. A repeat is known by the places of its ids: from the log for an exact
/// revision, from <see cref="RecentIds"/> otherwise. Content is not compared.
/// </summary>
internal sealed record Append(string Stream, Expected Expected, IReadOnlyList<ProposedEvent> Events) : IWrite
{
    public Decision Decide(WriterState state)
    {
        var view = state.View(Stream);
        if (view.Status == StreamStatus.Tombstoned) return new Decision.Answer(new WriteResult.StreamDeleted());
        return Expected.Kind switch
        {
            ExpectedKind.StreamExists when view.Status == StreamStatus.SoftDeleted =>
                new Decision.Answer(new WriteResult.StreamDeleted()),
            ExpectedKind.StreamExists when view.Last < 0 => Wrong(view),
            ExpectedKind.StreamExists or ExpectedKind.Any => DecideByRecentIds(state, view),
            _ => DecideByPlaces(state, view),
        };
    }

    private Decision DecideByRecentIds(WriterState state, StreamView view)
    {
        LogRecord? known = null;
        for (var i = 0; i < Events.Count; i++)
        {
            var next = state.Recent.Find(Stream, Events[i].Id);
            if (next is null) return i == 0 ? Write(state, view) : Wrong(view);
            known = next;
        }

        return known is null ? Write(state, view) : Already(known);
    }

    private Decision DecideByPlaces(WriterState state, StreamView view)
    {
        var expected = Expected.Number;
        if (expected > view.Last) return Wrong(view);
        if (expected == view.Last) return Write(state, view);

        LogRecord? known = null;
        for (var i = 0; i < Events.Count; i++)
        {
            var next = state.At(Stream, expected + 1 + i);
            if (next?.Event.Id == Events[i].Id) known = next;
            else if (i == 0 && expected < 0 && view.Status == StreamStatus.SoftDeleted) return Write(state, view);
            else return Wrong(view);
        }

        return known is null ? Wrong(view) : Already(known);
    }

    private Decision Write(WriterState state, StreamView view)
    {
        if (Events.Count == 0) return new Decision.Answer(new WriteResult.Written(view.Last, null));
        var records = Events.Select((proposed, i) => new NewRecord(Stream, view.Last + 1 + i, proposed)).ToList();
        var told = records.Count - 1;
        if (view.Status == StreamStatus.SoftDeleted) records.Add(state.Truncation(Stream, view, view.Last + 1));
        return new Decision.Write(records, told);
    }

    private static Decision Wrong(StreamView view) => new Decision.Answer(new WriteResult.WrongVersion(view.Last));

    private static Decision Already(LogRecord known) =>
        new Decision.Answer(new WriteResult.Written(known.Revision, known.Position));
}
