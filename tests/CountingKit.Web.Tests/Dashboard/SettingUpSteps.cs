using CountingKit.Connections;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Dashboard;
using CountingKit.Web.Features.Shared;

namespace CountingKit.Web.Tests.Dashboard;

public sealed class SettingUpSteps
{
    private static readonly DateTime Noon = new(2026, 3, 31, 12, 0, 0, DateTimeKind.Utc);

    private static readonly ConnectionListItem Acme = new(
        Guid.CreateVersion7(), "Acme", "Acme Ltd", null, [], new(ConnectionHealth.Connected, "Connected", "Fine."), false, null,
        Noon, 12, 1);

    [Fact]
    public void The_first_step_is_a_google_sheet() =>
        Of(Google(0, 0), [], []).Next!.Title.Should().Be("Connect a Google Sheet");

    [Fact]
    public void A_google_account_alone_is_not_yet_a_sheet() =>
        Of(Google(1, 0), [], []).Next!.Button.Should().Be("Add a spreadsheet");

    [Fact]
    public void Then_xero_then_an_exporter_then_its_run()
    {
        Of(Google(1, 1), [], []).Next!.Href.Should().Be("/connections/connect");
        Of(Google(1, 1), [Acme], []).Next!.Href.Should().Be("/exporters/new");
        var exporter = Exporter();
        Of(Google(1, 1), [Acme], [exporter]).Next!.Href.Should().Be($"/exporters/{exporter.ExporterId}");
    }

    [Fact]
    public void A_run_that_is_under_way_is_to_be_watched()
    {
        var exporter = Exporter();
        exporter.ActiveRunId = Guid.CreateVersion7();

        Of(Google(1, 1), [Acme], [exporter]).Next!.Href.Should().Be($"/runs/{exporter.ActiveRunId}");
    }

    [Fact]
    public void It_is_over_once_a_sheet_holds_data() =>
        Of(Google(1, 1), [Acme], [Exporter(writtenAt: Noon)]).Next.Should().BeNull();

    [Theory]
    [InlineData(Role.Owner, true)]
    [InlineData(Role.Operator, false)]
    [InlineData(Role.Viewer, false)]
    public void A_step_says_whether_this_role_may_do_it(Role role, bool isAllowed) =>
        Of(Google(0, 0), [], [], role).Next!.IsAllowed.Should().Be(isAllowed);

    [Fact]
    public void What_stops_data_is_told_first()
    {
        var dead = Acme with { Name = "Beta", Badge = new(ConnectionHealth.Expired, "Expired", "Reconnect.") };
        var missing = Acme with { Name = "Gamma", Badge = new(ConnectionHealth.Attention, "Attention", "A permission is missing.") };
        var page = Page([Acme, missing, dead], [Exporter("Fine", RunStatus.Completed), Exporter("Broken", RunStatus.Failed)]);

        page.Concerns.Select(c => (c.Name, c.Badge.Tone)).Should().BeEquivalentTo(new[]
        {
            ("Beta", Tone.Stopped), ("Broken", Tone.Stopped), ("Gamma", Tone.Attention),
        });
        page.Concerns[^1].Name.Should().Be("Gamma");
    }

    [Fact]
    public void A_run_that_stopped_for_a_look_is_told_with_its_reason_and_leads_to_where_a_person_decides()
    {
        var stopped = Exporter("Stopped", RunStatus.Failed);
        stopped.LastLookCode = "CK-RUN-07";

        var concerns = Page([Acme], [stopped, Exporter("Broken", RunStatus.Failed)]).Concerns;

        var look = concerns.Single(c => c.Name == "Stopped");
        (look.Badge.Text, look.Text, look.Code, look.Link).Should().Be(
            ("Needs a look", "The run would have emptied the tab.", "CK-RUN-07", "Review"));
        look.Href.Should().Be($"/runs/{stopped.LastOwnRunId}");
        var other = concerns.Single(c => c.Name == "Broken");
        (other.Badge.Text, other.Text, other.Link).Should().Be(("Failed", "Its last run failed.", "Review"));
    }

    [Fact]
    public void Many_of_one_cause_are_one_line_which_names_them_all()
    {
        var failed = Enumerable.Range(1, 12).Select(i => Exporter($"Exporter {i}", RunStatus.Failed)).ToList();
        var stopped = Exporter("Stopped", RunStatus.Failed);
        stopped.LastLookCode = "CK-RUN-07";

        var concerns = Page([Acme], [.. failed, stopped]).Concerns;

        concerns.Select(c => (c.Name, c.Count)).Should().Equal(("Exporter 1", 12), ("Stopped", 1));
        concerns[0].Alike.Select(c => c.Href).Should().Equal(failed.Skip(1).Select(e => $"/runs/{e.LastOwnRunId}"));
        Page([Acme], failed.Take(3).ToList()).Concerns.Should().HaveCount(3).And.OnlyContain(c => c.Count == 1);
    }

    [Fact]
    public void The_tile_of_active_runs_tells_what_they_do()
    {
        var page = Page([Acme], []);

        page.ActiveLine.Should().Be("none running");
        (page with { Active = [Active(RunStatus.Queued), Active(RunStatus.Running), Active(RunStatus.Queued)] }).ActiveLine
            .Should().Be("1 running, 2 queued");
    }

    [Fact]
    public void It_looks_again_soon_while_something_moves()
    {
        var quiet = Page([Acme], [Exporter(writtenAt: Noon)]);

        quiet.Again.Should().Be("every 30s");
        (quiet with { SetUp = Of(Google(1, 1), [Acme], []) }).Again.Should().Be("every 5s");
    }

    [Fact]
    public void Calls_of_today_are_added_up_and_it_is_told_whose_they_are()
    {
        var page = Page([Acme, Acme with { Name = "Busy", CallsToday = 1_900 }], []);

        page.CallsToday.Should().Be(1_912);
        page.Busiest!.Name.Should().Be("Busy");
        page.CallsLine.Should().Be("for connected organizations, since midnight UTC; most for Busy: 1,900");
        Page([Acme with { CallsToday = 0 }], []).CallsLine.Should().Be("for connected organizations, since midnight UTC");
    }

    private static SetUp Of(
        SpreadsheetList google, IReadOnlyList<ConnectionListItem> connections, IReadOnlyList<ExporterRow> exporters, Role role = Role.Owner) =>
        SetUp.Of(google, new(connections, connections.Count, []), exporters, role);

    private static DashboardPage Page(IReadOnlyList<ConnectionListItem> connections, IReadOnlyList<ExporterRow> exporters) =>
        new(Of(Google(1, 1), connections, exporters), connections, exporters, Google(1, 1), [], [], null);

    private static SpreadsheetList Google(int accounts, int spreadsheets) => new(
        [.. Enumerable.Range(0, accounts).Select(_ => new GoogleAccountRow { Scopes = "" })],
        [.. Enumerable.Range(0, spreadsheets).Select(_ => new SpreadsheetRow { SpreadsheetId = "s", Title = "Books", Url = "https://sheets.example" })],
        new Dictionary<Guid, GoogleAccountState> { [Guid.Empty] = new("kim@example.com", Noon, null) },
        Placements.Unlimited);

    private static RunRow Active(RunStatus status) => new()
    {
        ExporterName = "Invoices", Connections = "", Actor = "member", SpreadsheetId = "s", TabTitle = "Invoices", Status = status,
    };

    private static ExporterRow Exporter(string name = "Invoices", RunStatus? last = null, DateTime? writtenAt = null) => new()
    {
        ExporterId = Guid.CreateVersion7(),
        Name = name,
        Dataset = "invoices",
        Connections = "",
        SpreadsheetId = "s",
        TabTitle = "Invoices",
        Configuration = "{}",
        LastStatus = last,
        LastOwnRunId = last is null ? null : Guid.CreateVersion7(),
        WrittenAt = writtenAt,
    };
}
