using System.Net;
using CountingKit.Datasets;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Web.Tests.Portal;
using static CountingKit.Web.Tests.History.KeptRuns;

namespace CountingKit.Web.Tests.History;

/// <summary>What changed between two runs.</summary>
public sealed class ComparedRuns(KeptRuns runs) : IClassFixture<KeptRuns>
{
    [Fact]
    public async Task Counts_totals_columns_and_changed_rows_are_told()
    {
        var (exporter, configuration) = (Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")));
        await runs.Run(exporter, configuration,
            [Invoice("INV-1", total: 100), Invoice("INV-2", total: 0.10m), Invoice("INV-3", currency: "EUR", total: 50), Invoice("INV-9")]);
        var run = await runs.Run(exporter, configuration,
            [Invoice("INV-1", "PAID", total: 100), Invoice("INV-2", "PAID", total: 0.30m), Invoice("INV-3", currency: "EUR", total: 50), Invoice("INV-4", currency: "GBP", total: 7)]);

        var page = await (await runs.Portal.Owner()).Get($"/runs/{run}/compare");

        Facts(page, "counts").Should().Equal("Added: 1", "Changed: 2", "Removed: 1", "Unchanged: 1");
        Facts(page, "by-column").Should().Equal("Status: 2 rows", "Total: 1 row");
        Table(page, "#totals").Should().Equal(
            "Total|EUR|50.00|50.00|0.00", "Total|GBP|0.00|7.00|+7.00", "Total|USD|200.10|100.30|-99.80");
        Table(page, "#changed-rows").Should().Equal(
            "INV-1|Awaiting Payment → Paid|USD|2026-11-01|100.00|id-INV-1",
            "INV-2|Awaiting Payment → Paid|USD|2026-11-01|0.10 → 0.30|id-INV-2");
    }

    [Fact]
    public async Task Any_two_runs_can_be_compared_and_the_earlier_is_before()
    {
        var (exporter, configuration) = (Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")));
        var first = await runs.Run(exporter, configuration, [Invoice("INV-1", total: 1)]);
        await runs.Run(exporter, configuration, [Invoice("INV-1", total: 2)]);
        var third = await runs.Run(exporter, configuration, [Invoice("INV-1", total: 3)]);
        var owner = await runs.Portal.Owner();

        var page = await owner.Get($"/runs/{third}/compare?with={first}");
        var turned = await owner.Get($"/runs/{first}/compare?with={third}");

        Table(page, "#changed-rows").Should().Equal("INV-1|Awaiting Payment|USD|2026-11-01|1.00 → 3.00|id-INV-1");
        Table(turned, "#changed-rows").Should().Equal(Table(page, "#changed-rows"));
        page.Document.QuerySelector("#with option[selected]")!.GetAttribute("value").Should().Be($"{first}");
        turned.Document.QuerySelector("#with option[selected]")!.GetAttribute("value").Should().Be($"{third}");
        page.Document.QuerySelectorAll("#with option").Should().HaveCount(2);
        Facts(await owner.Get($"/runs/{third}/compare?with={third}"), "counts")
            .Should().Equal("Added: 0", "Changed: 0", "Removed: 0", "Unchanged: 1");
    }

    [Fact]
    public async Task Columns_that_only_one_has_are_told_and_the_others_compared()
    {
        var (exporter, configuration) = (Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")));
        SnapshotColumn[] narrow = [new("invoiceId", ColumnType.Text), new("total", ColumnType.Money), new("reference", ColumnType.Text)];
        await runs.Run(exporter, configuration, [[CellValue.Text("id-INV-1"), CellValue.Number(1), CellValue.Text("R")]], narrow);
        var run = await runs.Run(exporter, configuration, [Invoice("INV-1", total: 2)]);

        var page = await (await runs.Portal.Owner()).Get($"/runs/{run}/compare");

        page.ById("other-columns").TextContent.Should()
            .Contain("New in the later run: No., Status, Currency, Date.").And.Contain("No longer there: Reference.");
        Facts(page, "by-column").Should().Equal("Total: 1 row");
    }

    [Fact]
    public async Task Without_the_key_in_both_it_says_why_rows_are_not_told_apart()
    {
        var (exporter, configuration) = (Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")));
        await runs.Run(exporter, configuration, [[CellValue.Number(1)]], [new("total", ColumnType.Money)]);
        var run = await runs.Run(exporter, configuration, [Invoice("INV-1", total: 2)]);

        var page = await (await runs.Portal.Owner()).Get($"/runs/{run}/compare");

        page.ById("why-not").TextContent.Should().Be("Rows are matched by the column Invoice ID, and it is not in both runs.");
        Table(page, "#totals").Should().Equal("Total|–|1.00|2.00|+1.00");
    }

    [Fact]
    public async Task Many_changed_rows_are_paged()
    {
        var (exporter, configuration) = (Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")));
        await runs.Run(exporter, configuration, Enumerable.Range(1, 60).Select(i => Invoice($"INV-{i}")));
        var run = await runs.Run(exporter, configuration, Enumerable.Range(1, 60).Select(i => Invoice($"INV-{i}", total: i + 1000)));
        var owner = await runs.Portal.Owner();

        var first = await owner.Get($"/runs/{run}/compare");
        var second = await owner.Get(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Table(first, "#changed-rows").Should().HaveCount(50);
        Table(second, "#changed-rows").Should().HaveCount(10).And.StartWith("INV-51|Awaiting Payment|USD|2026-11-01|100.00 → 1,051.00|id-INV-51");
        second.ById("changed-rows").TextContent.Should().Contain("Changed rows 51 to 60 of 60");
    }

    [Fact]
    public async Task Another_exporters_run_and_one_that_may_not_be_seen_are_none_to_compare_with()
    {
        var (seen, hidden) = (await runs.Organization("Acme"), await runs.Organization("Beta"));
        var exporter = Guid.CreateVersion7();
        var foreign = await runs.Run(exporter, Exporter(hidden), [Invoice("INV-1")]);
        var run = await runs.Run(exporter, Exporter(seen), [Invoice("INV-1")]);
        var other = await runs.Run(Guid.CreateVersion7(), Exporter(seen), [Invoice("INV-1")]);
        var (owner, viewer) = (await runs.Portal.Owner(), await runs.Portal.Member(Role.Viewer, [seen]));

        var refused = await owner.Get($"/runs/{run}/compare?with={other}");

        (refused.Status, refused.Text.Contains("CK-HISTORY-05")).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        (await viewer.Get($"/runs/{run}/compare?with={foreign}")).Status.Should().Be(HttpStatusCode.NotFound);
        (await viewer.Get($"/runs/{run}/compare")).Text.Should().Contain("Nothing to compare with").And.NotContain($"{foreign}");
        (await owner.Get($"/runs/{run}/compare")).Status.Should().Be(HttpStatusCode.OK);
    }

    private static List<string> Facts(Page page, string id) =>
        [.. page.Document.QuerySelectorAll($"#{id} dt").Select(dt => $"{dt.TextContent}: {dt.NextElementSibling!.TextContent}")];

    private static List<string> Table(Page page, string selector) =>
        [.. page.Document.QuerySelectorAll($"{selector} tbody tr").Select(tr => string.Join('|', tr.Children.Select(td => td.TextContent)))];
}
