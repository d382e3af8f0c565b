using System.ComponentModel.DataAnnotations;
using CountingKit.Messaging;
using CountingKit.Mirror;
using MediatR;

namespace CountingKit.History;

/// <summary>Some of a run's rows, in the words of its sheet.</summary>
/// <param name="Only">What became of them since the run before; null = all rows, compared with nothing.</param>
/// <param name="From">How many rows stand before these.</param>
[Asks(Permission.View)]
public sealed record GetRunRows(
    Guid RunId, RowChanges? Only = null, [property: Range(0, int.MaxValue)] int From = 0, [property: Range(1, 200)] int Take = 50)
    : IQuery<RunRowsPage>, IConcernsRun;

/// <param name="Pair">The run beside the one before; null = all rows were asked for, or there is none before.</param>
/// <param name="Rows">All rows have nothing before.</param>
/// <param name="HasMore">Others come after these.</param>
/// <param name="WhyNot">Why there are none, as a sentence; null = there may be.</param>
public sealed record RunRowsPage(PastRun Run, RunPair? Pair, IReadOnlyList<RowDifference> Rows, bool HasMore, string? WhyNot = null);

internal sealed class GetRunRowsHandler(RunPairs pairs, IMirror mirror) : IRequestHandler<GetRunRows, RunRowsPage>
{
    public async Task<RunRowsPage> Handle(GetRunRows query, CancellationToken ct)
    {
        var run = await pairs.Run(query.RunId, ct);
        if (query.Only is not { } only)
        {
            if (run.Kept != RowsKept.Kept) return new(run, null, [], false);
            var all = mirror.ReadRows(run.Snapshot!, query.From, ct).Select(row => new RowDifference(null, run.Worded(row)));
            return await Page(run, null, all, query.Take, ct);
        }

        if (await pairs.Of(run, null, ct) is not { } pair)
            return new(run, null, [], false, "There is no earlier run with rows to compare these with.");
        if (pair.WhyNot is { } why) return new(run, pair, [], false, why);
        var changes = mirror.ReadChanges(pair.Before.Snapshot!, pair.After.Snapshot!, pair.Key, only, ct);
        return await Page(run, pair, changes.Skip(query.From).Select(pair.Worded), query.Take, ct);
    }

    private static async Task<RunRowsPage> Page(
        PastRun run, RunPair? pair, IAsyncEnumerable<RowDifference> rows, int most, CancellationToken ct)
    {
        var found = await Readings.Guard(async () => await rows.Take(most + 1).ToListAsync(ct));
        return new(run, pair, [.. found.Take(most)], found.Count > most);
    }
}
