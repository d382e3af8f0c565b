using System.ComponentModel.DataAnnotations;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Runs;
using MediatR;

namespace CountingKit.History;

/// <summary>What differs between two runs of one exporter.</summary>
/// <param name="With">Null = the run before.</param>
/// <param name="From">How many changed rows stand before the page of them.</param>
[Asks(Permission.View)]
public sealed record CompareRuns(
    Guid RunId, Guid? With = null, [property: Range(0, int.MaxValue)] int From = 0, [property: Range(1, 200)] int Take = 50)
    : IQuery<RunComparison>, IConcernsRuns
{
    public IReadOnlyList<Guid> RunIds => With is { } other ? [RunId, other] : [RunId];
}

/// <param name="Run">The one that was asked for.</param>
/// <param name="Pair">Null = there is no other one.</param>
/// <param name="Others">Those that it can be compared with, newest first.</param>
/// <param name="Totals">Of the money columns that both have.</param>
/// <param name="Rows">Null = they can't be told apart one by one: the pair says why.</param>
public sealed record RunComparison(
    PastRun Run, RunPair? Pair, IReadOnlyList<RunRow> Others, IReadOnlyList<MoneyTotal> Totals, ComparedRows? Rows);

/// <param name="ByColumn">How many rows changed in a column; those that none did in are left out.</param>
/// <param name="Changed">A page of the changed rows.</param>
/// <param name="HasMore">Others come after these.</param>
public sealed record ComparedRows(
    Difference Counts, IReadOnlyList<(PastColumn Column, long Rows)> ByColumn, IReadOnlyList<RowDifference> Changed, bool HasMore);

internal sealed class CompareRunsHandler(RunPairs pairs, IMirror mirror) : IRequestHandler<CompareRuns, RunComparison>
{
    private const int MostOthers = 100;

    public async Task<RunComparison> Handle(CompareRuns query, CancellationToken ct)
    {
        var run = await pairs.Run(query.RunId, ct);
        var others = await pairs.Others(run.Run, MostOthers, ct);
        if (await pairs.Of(run, query.With, ct) is not { } pair) return new(run, null, others, [], null);
        if (pair is not { Before.Kept: RowsKept.Kept, After.Kept: RowsKept.Kept }) return new(run, pair, others, [], null);
        return await Readings.Guard(async () => new RunComparison(
            run, pair, others, await MoneyTotals.Of(pair, mirror, ct),
            pair.WhyNot is null ? await Rows(pair, query, ct) : null));
    }

    private async Task<ComparedRows> Rows(RunPair pair, CompareRuns query, CancellationToken ct)
    {
        long added = 0, changed = 0, removed = 0;
        var byColumn = new long[pair.Common.Count];
        var page = new List<RowDifference>();
        await foreach (var change in mirror.ReadChanges(
            pair.Before.Snapshot!, pair.After.Snapshot!, pair.Key, RowChanges.All, ct))
        {
            if (change.Kind == RowChanges.Added) added++;
            else if (change.Kind == RowChanges.Removed) removed++;
            else
            {
                for (var i = 0; i < byColumn.Length; i++)
                    if (pair.Common[i].IsChangedIn(change)) byColumn[i]++;
                if (changed >= query.From && page.Count < query.Take) page.Add(pair.Worded(change));
                changed++;
            }
        }

        return new(
            new(added, changed, removed, pair.After.Snapshot!.Rows - added - changed),
            [.. pair.Common.Select((common, i) => (common.Column, Rows: byColumn[i])).Where(column => column.Rows > 0)],
            page, changed > query.From + page.Count);
    }
}
