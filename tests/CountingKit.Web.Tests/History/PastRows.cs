using System.Net;
using CountingKit.Datasets;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Web.Tests.Portal;
using static CountingKit.Web.Tests.History.KeptRuns;

namespace CountingKit.Web.Tests.History;

/// <summary>The page of a past run's rows.</summary>
public sealed class PastRows(KeptRuns runs) : IClassFixture<KeptRuns>
{
    [Fact]
    public async Task Rows_are_shown_in_the_exporters_headings_and_the_words_of_the_sheet()
    {
        var run = await runs.Run(
            Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")),
            [Invoice("INV-1", total: 1234.5m), Invoice("INV-2", "PAID", "EUR", -0.125m, day: 30)]);
        var owner = await runs.Portal.Owner();

        var page = await owner.Get($"/runs/{run}/rows");

        page.Document.QuerySelectorAll("#run-rows th").Select(th => th.TextContent)
            .Should().Equal("No.", "Status", "Currency", "Date", "Total", "Invoice ID");
        Rows(page).Should().Equal(
            "INV-1|Awaiting Payment|USD|2026-11-01|1,234.50|id-INV-1", "INV-2|Paid|EUR|2026-11-30|-0.13|id-INV-2");
        page.ById("rows-title").TextContent.Should().Be("Rows 1 to 2 of 2");
        page.Text.Should().Contain("content hash");
        (await owner.Get($"/runs/{run}")).Document.QuerySelector($"a[href='/runs/{run}/rows']").Should().NotBeNull();
    }

    [Fact]
    public async Task Fifty_are_on_a_page_and_the_others_are_a_link_away()
    {
        var run = await runs.Run(
            Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")), Enumerable.Range(1, 120).Select(i => Invoice($"INV-{i}")));
        var owner = await runs.Portal.Owner();

        var first = await owner.Get($"/runs/{run}/rows");
        var second = await owner.Get(Link(first, "next")!);
        var third = await owner.Get(Link(second, "next")!);
        var beyond = await owner.Get($"/runs/{run}/rows?from=5000");

        Rows(first).Should().HaveCount(50).And.StartWith("INV-1|Awaiting Payment|USD|2026-11-01|100.00|id-INV-1");
        Rows(second)[0].Should().StartWith("INV-51|");
        Rows(third).Should().HaveCount(20);
        third.ById("rows-title").TextContent.Should().Be("Rows 101 to 120 of 120");
        (Link(first, "prev"), Link(third, "next")).Should().Be((null, null));
        Rows(await owner.Get(Link(third, "prev")!)).Should().Equal(Rows(second));
        beyond.ById("none").TextContent.Should().Be("There are no more rows.");
    }

    [Fact]
    public async Task Only_those_that_were_added_changed_or_removed_since_the_run_before()
    {
        var (exporter, configuration) = (Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")));
        await runs.Run(exporter, configuration, [Invoice("INV-1"), Invoice("INV-2"), Invoice("INV-3")]);
        var run = await runs.Run(exporter, configuration, [Invoice("INV-1"), Invoice("INV-2", "PAID", total: 7), Invoice("INV-4")]);
        var owner = await runs.Portal.Owner();

        var changed = await owner.Get($"/runs/{run}/rows?only=Changed");

        Rows(changed).Should().Equal("INV-2|Awaiting Payment → Paid|USD|2026-11-01|100.00 → 7.00|id-INV-2");
        changed.Document.QuerySelectorAll("td.is-changed del").Select(e => e.TextContent).Should().Equal("Awaiting Payment", "100.00");
        changed.Document.QuerySelector(".row-choices [aria-current=page]")!.TextContent.Should().Be("Changed");
        Rows(await owner.Get($"/runs/{run}/rows?only=Added")).Should().Equal("INV-4|Awaiting Payment|USD|2026-11-01|100.00|id-INV-4");
        Rows(await owner.Get($"/runs/{run}/rows?only=Removed")).Should().Equal("INV-3|Awaiting Payment|USD|2026-11-01|100.00|id-INV-3");
        (await owner.GetFragment($"/runs/{run}/rows?only=Removed")).IsFragment.Should().BeTrue();
    }

    [Fact]
    public async Task The_first_run_has_none_before_it()
    {
        var run = await runs.Run(Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")), [Invoice("INV-1")]);
        var owner = await runs.Portal.Owner();

        (await owner.Get($"/runs/{run}/rows?only=Added")).ById("why-not").TextContent.Should().Contain("no earlier run");
        (await owner.Get($"/runs/{run}/compare")).Text.Should().Contain("Nothing to compare with");
    }

    [Fact]
    public async Task Rows_that_are_no_longer_kept_are_told_and_the_hash_remains()
    {
        var (exporter, configuration) = (Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")));
        var thinned = await runs.Run(exporter, configuration, [Invoice("INV-1"), Invoice("INV-8")]);
        var run = await runs.Run(exporter, configuration, [Invoice("INV-9")]);
        await runs.Thin(thinned);
        var owner = await runs.Portal.Owner();

        var page = await owner.Get($"/runs/{thinned}/rows");

        page.ById("no-rows").TextContent.Should().Be("The rows of this run are no longer kept. Its counts and its hash remain.");
        page.Text.Should().Contain("It made 2 rows").And.MatchRegex("<code class=\"hash\">[0-9a-f]{64}</code>");
        (await owner.Get($"/runs/{thinned}")).ById("rows-gone").TextContent.Should().Contain("no longer kept");
        (await owner.Get($"/runs/{run}/rows?only=Changed")).ById("why-not").TextContent.Should().Contain("earlier run are no longer kept");
        (await owner.Get($"/runs/{run}/compare")).ById("why-not").TextContent.Should().Contain("earlier run are no longer kept");
    }

    [Fact]
    public async Task A_column_that_is_not_known_any_more_is_called_by_its_key()
    {
        var configuration = Exporter(await runs.Organization("Acme"));
        configuration = configuration with { Columns = [new("ofOld"), .. configuration.Columns], Sort = [new("ofOld")] };
        var exporter = await runs.Created(configuration);
        var run = await runs.Run(exporter, configuration, [[CellValue.Text("INV-1"), CellValue.Text("old")]], ColumnsOfOld);
        var owner = await runs.Portal.Owner();

        foreach (var path in (string[])[$"/runs/{run}", $"/runs/{run}/rows"])
        {
            var page = await owner.Get(path);

            page.Status.Should().Be(HttpStatusCode.OK, path);
            page.Document.QuerySelectorAll("th").Select(th => th.TextContent).Should().Contain("ofOld", path);
        }

        var facts = (await owner.Get($"/exporters/{exporter}")).ById("exporter-facts").TextContent;
        facts.Should().Contain("ofOld, No., Status", "that are its columns").And.MatchRegex("Order\\s*ofOld", "and its order");
    }

    [Fact]
    public async Task Hostile_and_long_texts_are_shown_as_text_and_cut_to_what_a_page_holds()
    {
        var run = await runs.Run(
            Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")),
            [Invoice("<script>alert(1)</script>"), Invoice(new string('x', 40_000)), Invoice("a\0b\u202Ec")]);

        var page = await (await runs.Portal.Owner()).Get($"/runs/{run}/rows");

        page.Document.QuerySelectorAll("#run-rows script").Should().BeEmpty();
        Rows(page)[0].Should().StartWith("<script>alert(1)</script>|");
        Rows(page)[1].Should().StartWith(new string('x', 300) + "…|");
        page.Text.Length.Should().BeLessThan(60_000);
    }

    [Fact]
    public async Task Who_may_not_see_the_organization_finds_nothing()
    {
        var (seen, hidden) = (await runs.Organization("Acme"), await runs.Organization("Beta"));
        var both = await runs.Run(Guid.CreateVersion7(), Exporter(seen, hidden), [Invoice("INV-1")]);
        var own = await runs.Run(Guid.CreateVersion7(), Exporter(seen), [Invoice("INV-2")]);
        var viewer = await runs.Portal.Member(Role.Viewer, [seen]);

        foreach (var path in (string[])["rows", "compare"])
        {
            (await viewer.Get($"/runs/{both}/{path}")).Status.Should().Be(HttpStatusCode.NotFound, "it spans an organization that they may not see");
            (await viewer.Get($"/runs/{own}/{path}")).Status.Should().Be(HttpStatusCode.OK, path);
        }
    }

    [Fact]
    public async Task An_address_that_is_not_understood_is_refused()
    {
        var run = await runs.Run(Guid.CreateVersion7(), Exporter(await runs.Organization("Acme")), [Invoice("INV-1")]);
        var owner = await runs.Portal.Owner();

        foreach (var query in (string[])["rows?only=Some", "rows?only=64", "rows?only=0", "rows?from=-1", "compare?with=none", "compare?from=x"])
            (await owner.Get($"/runs/{run}/{query}")).Status.Should().Be(HttpStatusCode.UnprocessableEntity, query);
    }

    private static readonly SnapshotColumn[] ColumnsOfOld =
        [new("invoiceNumber", ColumnType.Text), new("ofOld", ColumnType.Text)];

    private static List<string> Rows(Page page) =>
        [.. page.Document.QuerySelectorAll("#run-rows tbody tr").Select(tr => string.Join('|', tr.Children.Select(td => td.TextContent)))];

    private static string? Link(Page page, string rel) => page.Document.QuerySelector($"a[rel={rel}]")?.GetAttribute("href");
}
