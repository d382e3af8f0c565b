using System.Net;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Spreadsheets;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Spreadsheets;

/// <summary>
/// One Google account with a spreadsheet that exporters of two organizations write to, and one that an exporter of the
/// second alone writes to, before a member who may see the first organization only.
/// </summary>
public sealed class CutToTheMember : IAsyncLifetime
{
    private readonly PortalFactory portal = new();
    private readonly (Guid Shown, Guid Hidden) organizations = (Guid.CreateVersion7(), Guid.CreateVersion7());
    private readonly Guid account = Guid.CreateVersion7();
    private readonly Guid shared = Guid.CreateVersion7();
    private readonly Guid others = Guid.CreateVersion7();
    private readonly Guid unused = Guid.CreateVersion7();
    private Browser member = null!;
    private Story story = null!;

    public async Task InitializeAsync()
    {
        await portal.InitializeAsync();
        story = await Story.Of(portal);
        foreach (var connection in (Guid[])[organizations.Shown, organizations.Hidden])
            await story.Click(
                Tenant.StreamOf(Guid.CreateVersion7()), [connection],
                new OrganizationClaimed(connection, Guid.CreateVersion7(), story.Workspace, "Acme", Guid.CreateVersion7(), []));
        await story.Click(
            GoogleAccount.StreamOf(account), [], new GoogleAccountConnected(account, AccountKind.ServiceAccount, []));
        await Spreadsheet(shared, "Shared books");
        await Spreadsheet(others, "Books of others");
        await Spreadsheet(unused, "Empty books");
        await Exporter(shared, "Ours", organizations.Shown);
        await Exporter(shared, "Theirs", organizations.Hidden);
        await Exporter(shared, "Theirs too", organizations.Hidden);
        await Exporter(others, "Theirs alone", organizations.Hidden);
        member = await portal.Member(Messaging.Role.Admin, [organizations.Shown]);
    }

    public Task DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task The_list_and_the_forms_show_what_the_member_writes_to_and_what_nobody_does()
    {
        foreach (var path in (string[])["/spreadsheets", "/", $"/exporters/new?connection={organizations.Shown}"])
            (await member.Get(path)).Text.Should().NotContain("Books of others", path).And.NotContain("Theirs", path);

        var list = await member.Get("/spreadsheets");
        list.Text.Should().Contain("Shared books").And.Contain("Empty books").And.Contain("Ours");
        (await (await portal.Owner()).Get("/spreadsheets")).Text.Should().Contain("Books of others");
    }

    [Fact]
    public async Task What_others_alone_write_to_is_not_there()
    {
        (await member.Get($"/spreadsheets/{others}/remove")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_trails_filters_offer_no_action_and_nobody_of_what_others_alone_write_to()
    {
        await story.Tell(
            CountingKit.Spreadsheets.Spreadsheet.StreamOf(others), Actor.Schedule, story.Workspace, [],
            new SpreadsheetTested(others, "Books of others", null));

        (await Choices(member)).Should().Contain("spreadsheet-connected").And.NotContain(["spreadsheet-tested", Actor.Schedule]);
        (await Choices(await portal.Owner())).Should().Contain(["spreadsheet-tested", Actor.Schedule]);
    }

    [Fact]
    public async Task A_removal_counts_the_exporters_that_may_not_be_shown()
    {
        var page = await member.Get($"/spreadsheets/{shared}/remove");

        page.Text.Should().Contain("The exporter Ours").And.NotContain("Theirs")
            .And.Contain("And 2 exporters of organizations that you may not see");
    }

    [Fact]
    public async Task A_disconnection_counts_the_spreadsheets_and_exporters_that_may_not_be_shown()
    {
        var page = await member.Get($"/spreadsheets/accounts/{account}/disconnect");

        page.Text.Should().Contain("Shared books").And.NotContain("Books of others")
            .And.Contain("And 1 spreadsheet of organizations that you may not see")
            .And.Contain("And 3 exporters of organizations that you may not see");
    }

    [Fact]
    public async Task A_deleted_exporter_hides_nothing_any_more()
    {
        var gone = await Exporter(unused, "Theirs for a while", organizations.Hidden);
        (await member.Get("/spreadsheets")).Text.Should().NotContain("Empty books");

        await story.Click(CountingKit.Exporters.Exporter.StreamOf(gone), [organizations.Hidden], new ExporterDeleted(gone, "deleted"));

        (await member.Get("/spreadsheets")).Text.Should().Contain("Empty books");
    }

    [Fact]
    public async Task The_address_is_made_from_the_id_whatever_was_answered()
    {
        var list = await (await portal.Owner()).Get("/spreadsheets");

        list.Text.Should().NotContain("evil.example.com");
        list.Document.QuerySelectorAll("a[target=_blank]").Select(a => a.GetAttribute("href"))
            .Should().Contain($"https://docs.google.com/spreadsheets/d/id-{shared:N}/edit");
    }

    private static async Task<IReadOnlyList<string?>> Choices(Browser browser) =>
        [.. (await browser.Get("/audit")).Document.QuerySelectorAll("#actor option, #type option").Select(o => o.GetAttribute("value"))];

    private Task Spreadsheet(Guid key, string title) => story.Click(
        CountingKit.Spreadsheets.Spreadsheet.StreamOf(key), [],
        new SpreadsheetConnected(key, account, $"id-{key:N}", title, "https://evil.example.com/", true));

    private async Task<Guid> Exporter(Guid spreadsheet, string name, Guid connection)
    {
        var id = Guid.CreateVersion7();
        var configuration = Story.Invoices(connection, name) with { SpreadsheetKey = spreadsheet, TabTitle = name };
        await story.Click(
            SpreadsheetTabs.StreamOf($"id-{spreadsheet:N}"), [connection],
            new TabClaimed($"id-{spreadsheet:N}", name, id, configuration));
        while ((await portal.Log()).All(r => r.Event is not ExporterCreated created || created.ExporterId != id)) await Task.Delay(50);
        return id;
    }
}
