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
public sealed class CutToTheMember(CutToTheMember.Shared cut) : IClassFixture<CutToTheMember.Shared>
{
    [Fact]
    public async Task The_list_and_the_forms_show_what_the_member_writes_to_and_what_nobody_does()
    {
        foreach (var path in (string[])["/spreadsheets", "/", $"/exporters/new?connection={cut.Organizations.Shown}"])
            (await cut.Member.Get(path)).Text.Should().NotContain("Books of others", path).And.NotContain("Theirs", path);

        var list = await cut.Member.Get("/spreadsheets");
        list.Text.Should().Contain("Shared books").And.Contain("Empty books").And.Contain("Ours");
        (await (await cut.Portal.Owner()).Get("/spreadsheets")).Text.Should().Contain("Books of others");
    }

    [Fact]
    public async Task What_others_alone_write_to_is_not_there()
    {
        (await cut.Member.Get($"/spreadsheets/{cut.Others}/remove")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_trails_filters_offer_no_action_and_nobody_of_what_others_alone_write_to()
    {
        await cut.Story.Tell(
            CountingKit.Spreadsheets.Spreadsheet.StreamOf(cut.Others), Actor.Schedule, cut.Story.Workspace, [],
            new SpreadsheetTested(cut.Others, "Books of others", null));

        (await Choices(cut.Member)).Should().Contain("spreadsheet-connected").And.NotContain(["spreadsheet-tested", Actor.Schedule]);
        (await Choices(await cut.Portal.Owner())).Should().Contain(["spreadsheet-tested", Actor.Schedule]);
    }

    [Fact]
    public async Task A_removal_counts_the_exporters_that_may_not_be_shown()
    {
        var page = await cut.Member.Get($"/spreadsheets/{cut.Used}/remove");

        page.Text.Should().Contain("The exporter Ours").And.NotContain("Theirs")
            .And.Contain("And 2 exporters of organizations that you may not see");
    }

    [Fact]
    public async Task A_disconnection_counts_the_spreadsheets_and_exporters_that_may_not_be_shown()
    {
        var page = await cut.Member.Get($"/spreadsheets/accounts/{cut.Account}/disconnect");

        page.Text.Should().Contain("Shared books").And.NotContain("Books of others")
            .And.Contain("And 1 spreadsheet of organizations that you may not see")
            .And.Contain("And 3 exporters of organizations that you may not see");
    }

    [Fact]
    public async Task A_deleted_exporter_hides_nothing_any_more()
    {
        var (account, emptied) = (await cut.Connect(), Guid.CreateVersion7());
        await cut.Spreadsheet(emptied, "Emptied books", account);
        var gone = await cut.Exporter(emptied, "Elsewhere for a while", cut.Organizations.Hidden);
        (await cut.Member.Get("/spreadsheets")).Text.Should().NotContain("Emptied books");

        await cut.Story.Click(
            CountingKit.Exporters.Exporter.StreamOf(gone), [cut.Organizations.Hidden], new ExporterDeleted(gone, "deleted"));

        (await cut.Member.Get("/spreadsheets")).Text.Should().Contain("Emptied books");
    }

    [Fact]
    public async Task The_address_is_made_from_the_id_whatever_was_answered()
    {
        var list = await (await cut.Portal.Owner()).Get("/spreadsheets");

        list.Text.Should().NotContain("evil.example.com");
        list.Document.QuerySelectorAll("a[target=_blank]").Select(a => a.GetAttribute("href"))
            .Should().Contain($"https://docs.google.com/spreadsheets/d/id-{cut.Used:N}/edit");
    }

    private static async Task<IReadOnlyList<string?>> Choices(Browser browser) =>
        [.. (await browser.Get("/audit")).Document.QuerySelectorAll("#actor option, #type option").Select(o => o.GetAttribute("value"))];

    /// <summary>The accounts, spreadsheets and exporters, and the member.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        public PortalFactory Portal { get; } = new();

        public (Guid Shown, Guid Hidden) Organizations { get; } = (Guid.CreateVersion7(), Guid.CreateVersion7());

        public Guid Account { get; private set; }

        /// <summary>What exporters of both organizations write to.</summary>
        public Guid Used { get; } = Guid.CreateVersion7();

        /// <summary>What the hidden organization alone writes to.</summary>
        public Guid Others { get; } = Guid.CreateVersion7();

        public Browser Member { get; private set; } = null!;

        public Story Story { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await Portal.InitializeAsync();
            Story = await Story.Of(Portal);
            foreach (var connection in (Guid[])[Organizations.Shown, Organizations.Hidden])
                await Story.Click(
                    Tenant.StreamOf(Guid.CreateVersion7()), [connection],
                    new OrganizationClaimed(connection, Guid.CreateVersion7(), Story.Workspace, "Acme", Guid.CreateVersion7(), []));
            Account = await Connect();
            await Spreadsheet(Used, "Shared books", Account);
            await Spreadsheet(Others, "Books of others", Account);
            await Spreadsheet(Guid.CreateVersion7(), "Empty books", Account);
            await Exporter(Used, "Ours", Organizations.Shown);
            await Exporter(Used, "Theirs", Organizations.Hidden);
            await Exporter(Used, "Theirs too", Organizations.Hidden);
            await Exporter(Others, "Theirs alone", Organizations.Hidden);
            Member = await Portal.Member(Messaging.Role.Admin, [Organizations.Shown]);
        }

        public Task DisposeAsync() => Portal.DisposeAsync();

        /// <returns>Another account.</returns>
        public async Task<Guid> Connect()
        {
            var account = Guid.CreateVersion7();
            await Story.Click(
                GoogleAccount.StreamOf(account), [], new GoogleAccountConnected(account, AccountKind.ServiceAccount, []));
            return account;
        }

        public Task Spreadsheet(Guid key, string title, Guid account) => Story.Click(
            CountingKit.Spreadsheets.Spreadsheet.StreamOf(key), [],
            new SpreadsheetConnected(key, account, $"id-{key:N}", title, "https://evil.example.com/", true));

        public async Task<Guid> Exporter(Guid spreadsheet, string name, Guid connection)
        {
            var id = Guid.CreateVersion7();
            var configuration = Story.Invoices(connection, name) with { SpreadsheetKey = spreadsheet, TabTitle = name };
            await Story.Click(
                SpreadsheetTabs.StreamOf($"id-{spreadsheet:N}"), [connection],
                new TabClaimed($"id-{spreadsheet:N}", name, id, configuration));
            while ((await Portal.Log()).All(r => r.Event is not ExporterCreated created || created.ExporterId != id)) await Task.Delay(50);
            return id;
        }
    }
}
