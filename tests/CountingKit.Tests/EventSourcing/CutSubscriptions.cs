using CountingKit.Audit;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

/// <summary>The rows of a log, whatever happens on the way to them.</summary>
[Trait("Speed", "Slow")]
public sealed class CutSubscriptions : IDisposable
{
    private static readonly int Cuts = Scale.Of(50, 1000);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task However_often_it_breaks_off_nothing_is_missed_and_nothing_told_twice()
    {
        await using var node = new PortalNode(folder);
        await new LogOfRuns(node.Store, node.Catalog).Append(Cuts * 45, organizations: 5);
        var seed = Random.Shared.Next();
        node.Store.Cut(Cuts, mostMessages: 80, seed);

        await node.Project();
        await node.CatchUp();

        node.Store.CutsLeft.Should().Be(0, "seed {0}", seed);
        await using (var rows = node.ReadModels.Open())
            rows.Set<AuditRow>().OrderBy(r => r.Number).Select(r => r.EventId).Should()
                .Equal((await node.Log()).Select(e => e.Id), "seed {0}", seed);
        (await RowsOf.All(node.ReadModels.Open())).Should().Equal(await RowsOfOneGo(node), "seed {0}", seed);
    }

    [Fact]
    public async Task Rows_are_those_that_event_by_event_would_be_written()
    {
        await using var node = new PortalNode(folder);
        await new LogOfRuns(node.Store, node.Catalog).Append(300, organizations: 3);
        await node.Databases.OpenFresh().DisposeAsync();

        foreach (var recorded in await node.Log())
        {
            await using var db = node.Databases.OpenFilling();
            foreach (var projection in node.Projections) await projection.Apply(recorded, new TrackedRows(db), default);
            await db.SaveChangesAsync();
        }

        (await RowsOf.All(node.Databases.OpenFilling())).Should().Equal(await RowsOfOneGo(node));
    }

    /// <summary>The whole log in one batch, into the database that pages would read.</summary>
    private static async Task<IReadOnlyList<string>> RowsOfOneGo(PortalNode node)
    {
        using var elsewhere = new TempFolder();
        await using var clean = new PortalNode(elsewhere);
        var projector = clean.Projector();
        await projector.Load(default);
        await projector.Apply(await node.Feed(), complete: true, default);
        return await RowsOf.All(clean.Databases.Open());
    }
}
