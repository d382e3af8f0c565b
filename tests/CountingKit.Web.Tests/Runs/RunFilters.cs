using System.Globalization;
using System.Net;
using CountingKit.Connections;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Runs;

/// <summary>The list of runs by its filter: two organizations with an exporter and a spreadsheet each.</summary>
public sealed class RunFilters(RunFilters.Shared runs) : IClassFixture<RunFilters.Shared>
{
    [Fact]
    public async Task Each_filter_of_the_address_keeps_only_what_fits()
    {
        var owner = await runs.Portal.Owner();

        (await Names(owner, "")).Should().Contain(["Acme's sales", "Beta's sales"]);
        foreach (var query in (string[])
            [$"organization={runs.Acme.Id}", $"spreadsheet={runs.Acme.Spreadsheet}", $"exporter={runs.Acme.Exporter}"])
            (await Names(owner, query)).Should().OnlyContain(name => name == "Acme's sales", query).And.NotBeEmpty();
        (await Names(owner, $"organization={runs.Acme.Id}&spreadsheet={runs.Beta.Spreadsheet}")).Should().BeEmpty();
        (await Names(owner, $"organization={runs.Beta.Id}&exporter={runs.Beta.Exporter}")).Should().NotBeEmpty();
        (await Names(owner, $"organization={runs.Beta.Id}&status=Completed")).Should().BeEmpty();
        (await Names(owner, "from=2020-01-01&to=2020-01-31")).Should().BeEmpty();
        (await Names(owner, "from=2020-01-01&to=9999-12-31")).Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_form_shows_the_filter_and_what_was_chosen_and_is_not_there_says_so()
    {
        var owner = await runs.Portal.Owner();

        var page = await owner.Get($"/runs?organization={runs.Acme.Id}&spreadsheet={Guid.CreateVersion7()}&from=2026-01-01");
        var none = await owner.Get("/runs");

        Chosen(page, "organization").Should().Be("Acme Ltd");
        Chosen(page, "spreadsheet").Should().Be("Not in this list");
        Chosen(page, "exporter").Should().Be("All");
        page.ById("from").GetAttribute("value").Should().Be("2026-01-01");
        page.ById("run-list").TextContent.Should().Contain("No runs match this filter");
        page.Document.QuerySelector("form.run-filters a[href='/runs']")!.TextContent.Should().Be("Show all");
        none.Document.QuerySelector("form.run-filters a").Should().BeNull();
        none.Document.QuerySelectorAll("#spreadsheet option").Select(o => o.TextContent).Should().Equal("All", "Books of Acme", "Books of Beta");
    }

    [Fact]
    public async Task Days_are_those_of_the_zone_in_the_address_and_the_page_says_whose()
    {
        var (owner, acme) = (await runs.Portal.Owner(), $"organization={runs.Acme.Id}");
        var here = TimeProvider.System.GetUtcNow().AddHours(14);
        var day = here.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var yesterday = here.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var there = await owner.Get($"/runs?{acme}&from={yesterday}&to={day}&zone=Pacific/Kiritimati");
        var nowhere = await owner.Get($"/runs?{acme}&from={day}&zone=Etc/GMT%2B12");
        var utc = await owner.Get($"/runs?{acme}&from=2020-01-01");
        var unset = await owner.Get("/runs");

        Names(there).Should().NotBeEmpty();
        Names(nowhere).Should().BeEmpty("that day has not begun there");
        there.Document.QuerySelector("label[for=from]")!.TextContent.Should().Be("From (Kiritimati time)");
        Zone(there).Should().Be("Pacific/Kiritimati");
        utc.Document.QuerySelector("label[for=to]")!.TextContent.Should().Be("To (UTC)");
        Zone(utc).Should().Be("UTC", "it stays what it was without scripts");
        Zone(unset).Should().BeNullOrEmpty("the reader's own is put in there");

        static string? Zone(Page page) => page.Document.QuerySelector("input[name=zone]")!.GetAttribute("value");
    }

    [Fact]
    public async Task The_next_page_goes_on_where_this_one_ends_with_the_same_filter()
    {
        var (owner, many) = (await runs.Portal.Owner(), await runs.Organization("Many"));
        for (var i = 0; i < 59; i++) await runs.Run(many, "Many's sales");

        var first = await owner.Get($"/runs?organization={many.Id}&from=2020-01-01&to=9999-12-30&zone=Europe/London&exporter={many.Exporter}");
        var next = first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!;
        var second = await owner.Get(next);
        var back = second.Document.QuerySelectorAll(".pages a").Single();

        next.Should().Contain($"organization={many.Id}").And.Contain("from=2020-01-01").And.Contain("to=9999-12-30")
            .And.Contain("zone=Europe%2FLondon").And.Contain($"exporter={many.Exporter}").And.NotContain("status=");
        Ids(first).Should().HaveCount(50);
        Ids(second).Should().HaveCount(10);
        Ids(first).Concat(Ids(second)).Should().OnlyHaveUniqueItems();
        back.TextContent.Trim().Should().Be("Newest");
        Ids(await owner.Get(back.GetAttribute("href")!)).Should().Equal(Ids(first));

        static IReadOnlyList<string?> Ids(Page page) =>
            [.. page.Document.QuerySelectorAll("#run-list td[data-label=Exporter] a").Select(a => a.GetAttribute("href"))];
    }

    [Fact]
    public async Task A_filter_that_is_not_understood_is_refused_instead_of_left_out()
    {
        var owner = await runs.Portal.Owner();

        foreach (var query in (string[])["organization=all", "from=yesterday", "before=2026-01-01", "status=Fine", $"zone={new string('x', 101)}"])
            (await owner.Get($"/runs?{query}")).Status.Should().Be(HttpStatusCode.UnprocessableEntity, query);
        (await owner.Get($"/runs?before={Guid.CreateVersion7()}")).Status.Should().Be(HttpStatusCode.NotFound);
        (await owner.Get("/runs?zone=/dev/zero&from=2020-01-01")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_sees_one_organization_is_offered_and_finds_only_what_is_of_it()
    {
        var member = await runs.Portal.Member(Role.Viewer, [runs.Acme.Id]);

        var page = await member.Get("/runs");

        page.Document.QuerySelectorAll("#organization option").Select(o => o.TextContent).Should().Equal("All", "Acme Ltd");
        page.Document.QuerySelectorAll("#exporter option").Select(o => o.TextContent).Should().Equal("All", "Acme's sales");
        page.Document.QuerySelectorAll("#spreadsheet option").Select(o => o.TextContent).Should().Equal("All", "Books of Acme");
        Names(page).Should().OnlyContain(name => name == "Acme's sales").And.NotBeEmpty();
        (await Names(member, $"organization={runs.Beta.Id}")).Should().BeEmpty();
        (await Names(member, $"spreadsheet={runs.Beta.Spreadsheet}")).Should().BeEmpty();
    }

    [Fact]
    public async Task What_has_ended_is_offered_last_since_its_runs_stay()
    {
        var (owner, old) = (await runs.Portal.Owner(), await runs.Organization("Aaron"));
        await runs.Story.Click(Connection.StreamOf(old.Id), [old.Id], new OrganizationDisconnected(old.Id, Guid.CreateVersion7()));
        await runs.Story.Click(Exporter.StreamOf(old.Exporter), [old.Id], new ExporterDeleted(old.Exporter, "disconnected"));

        var page = await owner.Get($"/runs?organization={old.Id}");

        page.Document.QuerySelectorAll("#organization option")[^1].TextContent.Should().Be("Aaron Ltd (disconnected)");
        page.Document.QuerySelectorAll("#exporter option")[^1].TextContent.Should().Be("Aaron's sales (deleted)");
        Names(page).Should().Equal("Aaron's sales");
    }

    [Fact]
    public async Task Htmx_gets_the_list_and_a_browser_the_page_and_names_are_text()
    {
        var (owner, odd) = (await runs.Portal.Owner(), await runs.Organization("<img src=x>"));

        var fragment = await owner.GetFragment($"/runs?organization={odd.Id}");
        var page = await owner.Get($"/runs?organization={odd.Id}");

        (fragment.IsFragment, page.IsFragment).Should().Be((true, false));
        fragment.ById("run-list").QuerySelectorAll("img").Should().BeEmpty();
        Chosen(fragment, "organization").Should().Be("<img src=x> Ltd");
        page.ById("run-list").QuerySelector("form")!.GetAttribute("method").Should().Be("get");
    }

    private static string Chosen(Page page, string field) =>
        page.Document.QuerySelectorAll($"#{field} option").FirstOrDefault(o => o.HasAttribute("selected"))?.TextContent ?? "All";

    private static async Task<IReadOnlyList<string>> Names(Browser browser, string query)
    {
        var page = await browser.Get($"/runs?{query}");
        page.Status.Should().Be(HttpStatusCode.OK);
        return Names(page);
    }

    private static IReadOnlyList<string> Names(Page page) =>
        [.. page.Document.QuerySelectorAll("#run-list td[data-label=Exporter] a").Select(a => a.TextContent)];

    /// <param name="Id">Of the connection.</param>
    public sealed record Place(Guid Id, Guid Exporter, Guid Spreadsheet);

    public sealed class Shared : IAsyncLifetime
    {
        private readonly Guid account = Guid.CreateVersion7();

        public PortalFactory Portal { get; } = new();

        public Story Story { get; private set; } = null!;

        public Place Acme { get; private set; } = null!;

        public Place Beta { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await Portal.InitializeAsync();
            Story = await Story.Of(Portal);
            await Story.Click(
                GoogleAccount.StreamOf(account), [], new GoogleAccountConnected(account, AccountKind.ServiceAccount, []));
            (Acme, Beta) = (await Organization("Acme"), await Organization("Beta"));
        }

        public Task DisposeAsync() => Portal.DisposeAsync();

        /// <summary>An organization, an exporter, and a run of it, which fails for want of a sign-in; the first two have a spreadsheet.</summary>
        public async Task<Place> Organization(string name)
        {
            var place = new Place(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
            var (tenant, configuration) = (Guid.CreateVersion7(), Configuration(place, $"{name}'s sales"));
            await Story.Click(
                Connection.StreamOf(place.Id), [place.Id],
                new OrganizationConnected(place.Id, tenant, $"{name} Ltd", Guid.CreateVersion7(), []));
            if (name is "Acme" or "Beta")
                await Story.Click(
                    Spreadsheet.StreamOf(place.Spreadsheet), [],
                    new SpreadsheetConnected(place.Spreadsheet, account, $"id-{place.Spreadsheet:N}", $"Books of {name}", "https://docs.example/", true));
            await Story.Click(
                Exporter.StreamOf(place.Exporter), [place.Id], new ExporterCreated(place.Exporter, 1, configuration, $"id-{place.Spreadsheet:N}"),
                new ExporterChanged(place.Exporter, 2, configuration, $"id-{place.Spreadsheet:N}"));
            await Run(place, configuration.Name);
            return place;
        }

        public Task Run(Place place, string exporter) => Story.Click(
            RunQueue.StreamOf(place.Exporter), [place.Id],
            new RunQueued(
                place.Exporter, Guid.CreateVersion7(), 1, Configuration(place, exporter), $"id-{place.Spreadsheet:N}", account, RunTrigger.Person));

        private static ExporterConfiguration Configuration(Place place, string name) =>
            Story.Invoices(place.Id, name) with { SpreadsheetKey = place.Spreadsheet };
    }
}
