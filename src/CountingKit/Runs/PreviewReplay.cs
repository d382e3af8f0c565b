using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Mirror;
using MediatR;

namespace CountingKit.Runs;

/// <summary>What a replay into the exporter's own tab would replace there.</summary>
[Asks(Permission.Run)]
public sealed record PreviewReplay(Guid RunId) : IQuery<ReplayPreview>, IConcernsRun;

/// <param name="TabTitle">The exporter's own tab.</param>
/// <param name="WhyNot">Why it may not go there, as a sentence; null = it may.</param>
/// <param name="HeldSince">UTC: the data it holds now is of this moment; null = nothing was written there.</param>
/// <param name="RowsNow">Null with <paramref name="HeldSince"/>.</param>
/// <param name="Difference">From what it holds to what the replay would write; null = they can't be compared.</param>
public sealed record ReplayPreview(
    string TabTitle, string? WhyNot, DateTimeOffset? HeldSince, long? RowsNow, Difference? Difference);

internal sealed class PreviewReplayHandler(Streams streams, IMirror mirror, CurrentRequester current) : IRequestHandler<PreviewReplay, ReplayPreview>
{
    private const string HoldsOthers = "it holds rows of an organization that you may not see.";
    private const string ReadsOthers = "the exporter reads other organizations now.";

    public async Task<ReplayPreview> Handle(PreviewReplay query, CancellationToken ct)
    {
        if (await streams.Read(Run.StreamOf(query.RunId), Run.Decider, ct) is not Run.State.Ended
            { Snapshot: { } snapshot, Started: var past })
            throw new NotFoundException();

        if (await streams.Read(Exporter.StreamOf(past.ExporterId), Exporter.Decider, ct) is Exporter.State.Ready now
            && !current.Requester.MaySee(now.Configuration.ConnectionIds))
            return new(past.Configuration.TabTitle, ReadsOthers, null, null, null);

        var queue = await streams.Read(RunQueue.StreamOf(past.ExporterId), RunQueue.Decider, ct);
        // What the exporter left in another spreadsheet is not what the replay would replace.
        var last = queue.Last?.SpreadsheetId == past.SpreadsheetId ? queue.Last : null;
        if (last is not null && !current.Requester.MaySee([last.Snapshot.ConnectionId]))
            return new(last.TabTitle, HoldsOthers, null, null, null);
        return new(
            last?.TabTitle ?? past.Configuration.TabTitle, await new RunStanding(streams).WhyNotOwnTab(past, ct),
            last?.At, last?.Snapshot.Rows, last is null ? null : await Compare(last.Snapshot, snapshot, ct));
    }

    private async Task<Difference?> Compare(Snapshot now, Snapshot then, CancellationToken ct)
    {
        if (DatasetCatalogue.Find(then.Dataset)?.KeyColumn is not { } key) return null;
        if (now.Dataset != then.Dataset
            || !now.Columns.Any(c => c.Key == key) || !then.Columns.Any(c => c.Key == key)) return null;
        try
        {
            return mirror.Has(now) && mirror.Has(then) ? await mirror.Compare(now, then, key, ct) : null;
        }
        catch (Exception lacking) when (lacking is MirrorDamagedException or MirrorMemoryException or FolderGoneException)
        {
            // The form can do without; the replay itself says so if it needs what is damaged, and waits for what is away.
            return null;
        }
    }
}
