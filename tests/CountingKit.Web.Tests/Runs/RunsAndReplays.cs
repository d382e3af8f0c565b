using System.Net;
using System.Text.Json.Nodes;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Web.Tests.Connections;
using CountingKit.Web.Tests.Portal;
using CountingKit.Web.Tests.Spreadsheets;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Runs;

/// <summary>What a person does on the page of a run: write anyway after a look, and replay.</summary>
public sealed class RunsAndReplays : IAsyncLifetime
{
    private const int Rows = 25;

    /// <summary>What changes something, on the page of a run or of an exporter.</summary>
    private const string Deeds = "#run form, #run a[href$='/replay'], #exporter form, #exporter a[href$='/edit'], #exporter a[href$='/delete']";

    private readonly XeroPortal vendors = new();
    private Browser owner = null!;
    private string exporter = "";

    private PortalFactory Portal => vendors.Portal;

    public async Task InitializeAsync()
    {
        await vendors.InitializeAsync();
        owner = await Portal.Owner();
        var connection = (await vendors.Connected(owner, vendors.Organizations[0].Id)).Split('/')[^1];
        await vendors.CreateSpreadsheet(owner, "Books");
        await Invoices("SUBMITTED");
        var form = (await owner.Get($"/exporters/new?connection={connection}")).Form("#exporter-form");
        var made = await owner.Submit(
            form, ("Name", "To be approved"), ("TabTitle", "Invoices"), ("Statuses", "SUBMITTED"), ("From", "2030-01-01"));
        exporter = made.Location!;
    }

    public Task DisposeAsync() => vendors.DisposeAsync();

    [Fact]
    public async Task After_a_look_Write_anyway_empties_the_tab_once()
    {
        await Run();
        await Invoices("VOIDED");
        var stopped = await Run();
        var form = stopped.Form("form:has([name=lookedAt])");

        var page = await Ended((await owner.Submit(form)).Location!);
        var twice = (await owner.Submit(form)).Location;
        var trail = await owner.Get("/audit?type=run-queued");

        stopped.Text.Should().Contain("CK-RUN-07");
        stopped.ById("agreed").ParentElement!.TextContent.Should().Contain($"Empty the tab: {Rows} rows will be removed");
        stopped.ById("agreed").HasAttribute("required").Should().BeTrue("nobody removes them by one click");
        trail.Document.QuerySelectorAll(".audit-line strong").Select(words => words.TextContent)
            .Should().Equal("Started a run (Write anyway, CK-RUN-07)", "Started a run", "Started a run");
        trail.Document.QuerySelector("#type option[value=run-queued]")!.TextContent.Should().Be("Started a run");
        page.Text.Should().Contain("It wrote 0 rows to the tab").And.NotContain("CK-RUN-07").And.Contain("CK-RUN-35");
        twice.Should().Be(page.Address().AbsolutePath, "it is done once");
        (await Completed()).Select(e => e.Snapshot.Rows).Should().Equal(Rows, 0);
    }

    [Fact]
    public async Task An_exporter_that_was_renamed_since_does_not_empty_its_tab_unasked()
    {
        await Run();
        await owner.Submit((await owner.Get($"{exporter}/edit")).Form("#exporter-form"), ("Name", "Awaiting approval"));
        await Invoices("VOIDED");

        var stopped = await Run();

        stopped.Text.Should().Contain("CK-RUN-07");
        (await Portal.Log()).Select(e => e.Event).OfType<ExporterChanged>().Should().ContainSingle();
        (await Completed()).Select(e => e.Snapshot.Rows).Should().Equal(Rows);
    }

    [Fact]
    public async Task A_replay_of_a_run_with_other_filters_does_not_have_the_tab_emptied_unasked()
    {
        var first = (await Run()).Address().AbsolutePath;
        await owner.Submit((await owner.Get($"{exporter}/edit")).Form("#exporter-form"), ("From", "2030-01-02"));
        await Run();
        var replay = (await owner.Get($"{first}/replay")).Form("#replay-form");
        await Ended((await owner.Submit(replay, ("Overwrite", "true"))).Location!);
        await Invoices("VOIDED");

        var stopped = await Run();

        stopped.Text.Should().Contain("CK-RUN-07");
        (await Portal.Log()).Select(e => e.Event).OfType<ExporterChanged>().Should().ContainSingle();
        (await Completed()).Should().OnlyContain(e => e.Snapshot.Rows == Rows);
    }

    [Fact]
    public async Task A_run_that_stops_for_a_look_is_called_so_and_no_list_counts_what_it_would_have_written()
    {
        await Run();
        await Invoices("VOIDED");
        var stopped = await Run();
        var (runs, page, list, dashboard) =
            (await owner.Get("/runs"), await owner.Get(exporter), await owner.Get("/exporters"), await owner.Get("/"));
        using var api = Portal.Api();
        var told = JsonNode.Parse(await api.GetStringAsync($"/api/v1{stopped.Address().AbsolutePath}"))!;

        stopped.ById("run").TextContent.Should().Contain("25 removed", "its own page says what it would have done");
        foreach (var listed in new[] { runs.ById("run-list"), page.ById("exporter-runs"), dashboard.ById("recent-runs") })
            listed.TextContent.Should().NotContain("25 removed");
        foreach (var shown in (Page[])[stopped, runs, page, list, dashboard])
            shown.Document.QuerySelectorAll(".status-badge").Should().Contain(
                badge => badge.TextContent.StartsWith("Needs a look", StringComparison.Ordinal), shown.Address().AbsolutePath);
        told["status"]!.GetValue<string>().Should().Be("Failed");
        var concern = dashboard.ById("concerns");
        concern.TextContent.Should().Contain("The run would have emptied the tab.").And.Contain("CK-RUN-07");
        concern.QuerySelectorAll("a").Single(a => a.TextContent.StartsWith("Review", StringComparison.Ordinal))
            .GetAttribute("href").Should().Be(stopped.Address().AbsolutePath);
    }

    [Fact]
    public async Task Write_anyway_is_not_offered_where_a_stopped_run_may_have_written()
    {
        await vendors.Sandbox.Control.SetGate("xero", "GET /api.xro/2.0/Invoices");
        var run = (await owner.Submit((await owner.Get(exporter)).Form("#run-form"))).Location!;
        await vendors.Sandbox.Control.GateHolds();
        var (runId, exporterId) = (Guid.Parse(run.Split('/')[^1]), Guid.Parse(exporter.Split('/')[^1]));
        var story = await Story.Of(Portal);
        await story.Click(
            $"run-{runId:N}", [],
            new RunFailed(runId, exporterId, RunCodes.WouldEmpty.Code, "It stops.", SheetUntouched: false, 5));

        var page = await Ended(run);

        await vendors.Sandbox.Control.ReleaseGate();
        page.Text.Should().Contain("CK-RUN-07").And.Contain("could not be confirmed");
        page.Document.QuerySelector("[name=lookedAt]").Should().BeNull();
    }

    [Fact]
    public async Task A_tab_that_got_another_name_than_the_exporter_gives_it_is_called_so_on_every_page()
    {
        await Edit(new { addSheet = new { properties = new { title = "Invoices" } } });

        var run = await Run();
        var (page, form) = (await owner.Get(exporter), await owner.Get($"{exporter}/edit"));
        using var api = Portal.Api();
        var told = JsonNode.Parse(await api.GetStringAsync("/api/v1/exporters"))![0]!;

        foreach (var shown in (Page[])[run, page])
            shown.ById("taken-tab").TextContent.Should().Contain(
                "Another tab was already named “Invoices”, so this one is “Invoices (2)”.");
        page.ById("run-line").TextContent.Should().Contain("Invoices (2)");
        foreach (var path in (string[])["/exporters", "/", "/spreadsheets", $"{exporter}/delete"])
            (await owner.Get(path)).Text.Should().Contain("Invoices (2)", path);
        told["tab"]!.GetValue<string>().Should().Be("Invoices (2)");
        form.ById("tab").GetAttribute("value").Should().Be("Invoices");
        form.ById("tab-hint").TextContent.Should().Contain("already in the spreadsheet as “Invoices (2)” and keeps that name")
            .And.NotContain("is made at");
    }

    [Fact]
    public async Task Write_anyway_is_offered_for_the_last_run_alone_and_holds_for_nothing_else_that_stops_it()
    {
        await Run();
        await Invoices("VOIDED");
        var first = await Run();
        var second = await Run();
        await Note();

        var late = await owner.Submit(first.Form("form:has([name=lookedAt])"));
        var unreadable = await owner.Submit(second.Form("form:has([name=lookedAt])"), ("lookedAt", "banana"));
        var stopped = await Ended((await owner.Submit(second.Form("form:has([name=lookedAt])"))).Location!);
        var written = await Ended((await owner.Submit(stopped.Form("form:has([name=lookedAt])"))).Location!);

        var over = await owner.Get(first.Address().AbsolutePath);
        over.Document.QuerySelector("[name=lookedAt]").Should().BeNull();
        over.ById("decided").TextContent.Should().Contain("can no longer be decided here");
        first.Document.QuerySelector("#decided").Should().BeNull();
        (late.Status, late.Text.Contains("CK-RUN-23")).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        unreadable.Status.Should().Be(HttpStatusCode.BadRequest);
        stopped.Text.Should().Contain("CK-SHEET-14", "that is another reason than the one that was seen");
        written.Text.Should().Contain("CK-RUN-35", "who saw what stands beside the rows had agreed to the rest")
            .And.Contain("CK-SHEET-20");
    }

    [Fact]
    public async Task A_replay_into_another_tab_leaves_a_stopped_run_to_be_decided_once_it_has_ended()
    {
        var first = (await Run()).Address().AbsolutePath;
        await Invoices("VOIDED");
        var stopped = (await Run()).Address().AbsolutePath;
        await vendors.Sandbox.Control.SetGate("google", ":batchUpdate$");
        var replay = (await owner.Get($"{first}/replay")).Form("#replay-form");
        var replaying = (await owner.Submit(replay, ("Tab", "Beside"))).Location!;
        await vendors.Sandbox.Control.GateHolds();

        var meanwhile = await owner.Get(stopped);
        var active = (await owner.Get("/")).ById("active-runs");
        await vendors.Sandbox.Control.ReleaseGate();
        await Ended(replaying);
        var after = await owner.Get(stopped);
        var written = await Ended((await owner.Submit(after.Form("form:has([name=lookedAt])"))).Location!);

        active.TextContent.Should().Contain("as a replay");
        meanwhile.ById("decided-later").TextContent.Should().Contain("Once it has ended, this can be decided here");
        meanwhile.Document.QuerySelector("#decided, [name=lookedAt]").Should().BeNull();
        after.Document.QuerySelector("#decided, #decided-later").Should().BeNull();
        written.Text.Should().Contain("CK-RUN-35");
        (await Completed()).Select(e => (e.TabTitle, e.Snapshot.Rows)).Should().Equal(
            ("Invoices", Rows), ("Beside", Rows), ("Invoices", 0));
    }

    [Fact]
    public async Task A_replay_into_the_same_tab_takes_a_stopped_runs_decision_away()
    {
        var first = (await Run()).Address().AbsolutePath;
        await Invoices("VOIDED");
        var stopped = await Run();
        var replay = (await owner.Get($"{first}/replay")).Form("#replay-form");
        await Ended((await owner.Submit(replay, ("Overwrite", "true"))).Location!);

        var late = await owner.Submit(stopped.Form("form:has([name=lookedAt])"));
        var page = await owner.Get(stopped.Address().AbsolutePath);

        (late.Status, late.Text.Contains("CK-RUN-23")).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        page.ById("decided").TextContent.Should().Contain("can no longer be decided here");
    }

    [Fact]
    public async Task A_stopped_run_of_an_exporter_that_was_deleted_since_is_not_to_be_decided()
    {
        await Run();
        await Invoices("VOIDED");
        var stopped = (await Run()).Address().AbsolutePath;
        await owner.Submit((await owner.Get($"{exporter}/delete")).Form("form[action$='/delete']"));

        var page = await owner.Get(stopped);

        page.ById("decided").TextContent.Should().Contain("was deleted").And.NotContain("run the exporter");
        page.Document.QuerySelector("[name=lookedAt]").Should().BeNull();
    }

    [Fact]
    public async Task A_replay_that_is_stopped_may_be_written_anyway_to_the_tab_that_it_was_for()
    {
        var first = await Run();
        await Invoices("VOIDED", count: 5);
        await Run();
        await Note();
        var replay = (await owner.Get($"{first.Address().AbsolutePath}/replay")).Form("#replay-form");

        var stopped = await Ended((await owner.Submit(replay, ("Overwrite", "true"))).Location!);
        var written = await Ended((await owner.Submit(stopped.Form("form:has([name=lookedAt])"))).Location!);

        stopped.Text.Should().Contain("CK-SHEET-14").And.Contain("Rows it would have written");
        stopped.ById("preview-title").TextContent.Should().Be("The first 20 rows it would have written");
        written.ById("preview-title").TextContent.Should().Be("The first 20 rows");
        written.Text.Should().Contain("It wrote 25 rows to the tab").And.Contain("CK-SHEET-20");
        (await Completed())[^1].TabTitle.Should().Be("Invoices");
    }

    [Fact]
    public async Task A_run_that_is_canceled_is_never_said_to_have_written_something()
    {
        var (told, over) = await CanceledAt("xero", "GET /api.xro/2.0/Invoices");

        told.ById("run").TextContent.Should().Contain("Canceling").And.NotContain("It wrote");
        over.ById("run").TextContent.Should().Contain("A person canceled it. Nothing was written to the sheet.");
    }

    [Fact]
    public async Task A_run_that_is_canceled_while_it_writes_is_said_to_finish_perhaps_and_does()
    {
        var (told, over) = await CanceledAt("google", ":batchUpdate$");

        told.ById("cancel-hint").TextContent.Should().Be("Canceling. It is already writing, so it may still finish.");
        over.ById("run").TextContent.Should().Contain("It wrote 25 rows to the tab");
        over.ById("too-late").TextContent.Should().Be("It finished before it could be canceled.");
    }

    /// <returns>Its page right after it was canceled at that call, and the one after its end.</returns>
    private async Task<(Page Told, Page Over)> CanceledAt(string vendor, string call)
    {
        var control = vendors.Sandbox.Control;
        await control.SetGate(vendor, call);
        var run = (await owner.Submit((await owner.Get(exporter)).Form("#run-form"))).Location!;
        await control.GateHolds();
        var canceled = await owner.Submit((await owner.Get(run)).Form("form[action$='/cancel']"));
        var told = await owner.Get(canceled.Location!);
        await control.ReleaseGate();
        return (told, await Ended(run));
    }

    [Fact]
    public async Task A_replay_and_a_run_do_not_join_each_other_and_say_so()
    {
        var past = (await Run()).Address().AbsolutePath;
        var control = vendors.Sandbox.Control;
        await control.SetGate("xero", "GET /api.xro/2.0/Invoices");
        var running = (await owner.Submit((await owner.Get(exporter)).Form("#run-form"))).Location!;
        await control.GateHolds();
        var replay = await owner.Submit((await owner.Get($"{past}/replay")).Form("#replay-form"), ("Tab", "Again"));
        await control.ReleaseGate();
        await Ended(running);

        await control.SetGate("google", ":batchUpdate$");
        var replaying = (await owner.Submit((await owner.Get($"{past}/replay")).Form("#replay-form"), ("Tab", "Again"))).Location!;
        await control.GateHolds();
        var run = await owner.Submit((await owner.Get(exporter)).Form("#run-form"));
        using var api = Portal.Api();
        using var byApi = await api.PostAsync($"/api/v1{exporter}/runs", null);
        await control.ReleaseGate();
        await Ended(replaying);

        foreach (var refused in (Page[])[replay, run])
            (refused.Status, refused.Text.Contains("CK-RUN-22")).Should().Be((HttpStatusCode.UnprocessableEntity, true), refused.Text);
        (await byApi.Content.ReadAsStringAsync()).Should().Contain("CK-RUN-22");
    }

    [Fact]
    public async Task A_replay_to_the_own_tab_of_a_paused_exporter_is_refused_at_the_button()
    {
        var past = (await Run()).Address().AbsolutePath;
        var open = (await owner.Get($"{past}/replay")).Form("#replay-form");
        await owner.Submit((await owner.Get(exporter)).Form("#pause-form"));

        var page = await owner.Get($"{past}/replay");
        var refused = await owner.Submit(open, ("Overwrite", "true"));
        var beside = await Ended((await owner.Submit(page.Form("#replay-form"), ("Tab", "Beside"))).Location!);

        page.Document.QuerySelector("[name=Overwrite]").Should().BeNull();
        page.ById("overwrite-hint").TextContent.Should().Contain("the exporter is paused");
        (refused.Status, refused.Text.Contains("CK-RUN-21")).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        beside.Text.Should().Contain("It wrote 25 rows to the tab");
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Auditor)]
    public async Task Who_may_only_look_is_offered_nothing_that_they_may_not_do(Role role)
    {
        var member = await Portal.Member(role);
        var completed = await Run();
        await Invoices("VOIDED");
        var stopped = await Run();
        Page[] looked = [await member.Get(completed.Address().AbsolutePath), await member.Get(stopped.Address().AbsolutePath)];
        await vendors.Sandbox.Control.SetGate("xero", "GET /api.xro/2.0/Invoices");
        var shown = await owner.Get(exporter);
        var live = await owner.Get((await owner.Submit(shown.Form("#run-form"))).Location!);
        await vendors.Sandbox.Control.GateHolds();
        looked = [.. looked, await member.Get(live.Address().AbsolutePath), await member.Get(exporter)];

        var forms = new[]
        {
            shown.Form("#run-form"), live.Form("form[action$='/cancel']"), stopped.Form("form:has([name=lookedAt])"),
            (await owner.Get($"{completed.Address().AbsolutePath}/replay")).Form("#replay-form"),
        };
        var refused = new List<HttpStatusCode>();
        foreach (var form in forms) refused.Add((await member.Submit(form)).Status);
        await vendors.Sandbox.Control.ReleaseGate();
        await Ended(live.Address().AbsolutePath);

        completed.Document.QuerySelector(Deeds).Should().NotBeNull("the owner is offered a replay");
        foreach (var page in looked)
        {
            page.Status.Should().Be(HttpStatusCode.OK);
            page.Document.QuerySelectorAll(Deeds).Should().BeEmpty();
        }

        refused.Should().OnlyContain(status => status == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_run_is_shown_with_the_name_of_who_started_it()
    {
        var run = await Run();

        run.Text.Should().NotContain("by a person");
        var runs = await owner.Get("/runs");
        runs.Text.Should().NotContain("by a person");
        runs.Document.QuerySelector("#run-list table")!.GetAttribute("class").Should().Contain("stacked-table", "narrow windows show a row as lines");
        run.ById("run").QuerySelector("dl")!.TextContent.Should().MatchRegex(@"by \S");
    }

    [Fact]
    public async Task The_page_of_a_run_and_the_preview_show_rows_as_the_sheet_does()
    {
        await Invoices("SUBMITTED", total: "1234.5000");
        var run = await Run();
        var form = (await owner.Get($"{exporter}/edit")).Form("#exporter-form");
        form.SetAttribute("hx-post", "/exporters/preview");

        var preview = await owner.SubmitAsHtmx(form);

        foreach (var page in (Page[])[run, preview])
        {
            page.Document.QuerySelectorAll("tbody td").Select(cell => cell.TextContent)
                .Should().Contain("Awaiting Approval").And.NotContain("SUBMITTED");
            page.Document.QuerySelectorAll("tbody td.numeric").Select(cell => cell.TextContent).Should().Contain("1,234.50");
        }

        run.Document.QuerySelectorAll("tbody td.numeric").Select(cell => cell.GetAttribute("title"))
            .Should().Contain(title => title!.StartsWith("1234.5", StringComparison.Ordinal), "there the whole number is told");
    }

    [Fact]
    public async Task While_the_mirror_is_away_pages_tell_all_but_the_rows_and_say_so()
    {
        var run = await Run();
        var path = run.Address().AbsolutePath;
        var form = (await owner.Get($"{exporter}/edit")).Form("#exporter-form");
        form.SetAttribute("hx-post", "/exporters/preview");
        var (mirror, elsewhere) = (Portal.Folder["mirror"], Portal.Folder["elsewhere"]);
        Directory.Move(mirror, elsewhere);

        var page = await owner.Get(path);
        var replay = await owner.Get($"{path}/replay");
        var preview = await owner.SubmitAsHtmx(form);

        Directory.Move(elsewhere, mirror);
        page.Status.Should().Be(HttpStatusCode.OK);
        page.Text.Should().Contain("It wrote 25 rows to the tab");
        page.ById("rows-away").TextContent.Should().Contain("can't be shown right now").And.Contain("CK-STORE-18");
        replay.ById("overwrite-hint").TextContent.Should().Contain("It holds 25 rows").And.Contain("cannot be told");
        preview.ById("preview-hint").TextContent.Should().Contain("can't be shown right now").And.Contain("CK-STORE-18");
        foreach (var whole in (Page[])[run, await owner.Get(path)])
        {
            whole.Document.GetElementById("rows-away").Should().BeNull();
            whole.Document.QuerySelectorAll("tbody tr").Should().NotBeEmpty();
        }
    }

    /// <summary>Somebody types a value right of the last record.</summary>
    private async Task Note()
    {
        var tab = (await vendors.Sandbox.Control.Get<JsonNode>($"_/google/spreadsheets/{await SpreadsheetId()}"))["tabs"]!.AsArray()
            .Single(t => t!["title"]!.GetValue<string>() == "Invoices")!;
        var (sheetId, column) = (tab["sheetId"]!.GetValue<int>(), tab["cells"]!.AsArray().Max(c => c!["col"]!.GetValue<int>()) + 1);
        await Edit(
            new { appendDimension = new { sheetId, dimension = "COLUMNS", length = 2 } },
            new
            {
                updateCells = new
                {
                    start = new { sheetId, rowIndex = 3, columnIndex = column },
                    rows = new[] { new { values = new[] { new { userEnteredValue = new { stringValue = "a note" } } } } },
                    fields = "userEnteredValue",
                },
            });
    }

    /// <summary>What a person does in Google Sheets.</summary>
    private async Task Edit(params object[] requests) =>
        await vendors.Sandbox.Control.Post("_/google/edit", new { spreadsheetId = await SpreadsheetId(), requests });

    private async Task<string> SpreadsheetId() =>
        (await vendors.Sandbox.Control.Get<JsonArray>("_/google/spreadsheets"))[0]!["spreadsheetId"]!.GetValue<string>();

    [Fact]
    public async Task A_replay_goes_beside_the_data_unless_its_replacement_is_ticked_and_then_the_pages_call_it_old()
    {
        var first = await Run();
        await Invoices("VOIDED", count: 5);
        await Run();
        var replay = (await owner.Get($"{first.Address().AbsolutePath}/replay"));

        var untold = await owner.Submit(replay.Form("#replay-form"), ("Tab", ""));
        var own = await owner.Submit(untold.Form("#replay-form"), ("Tab", "INVOICES"));
        var beside = await Ended((await owner.Submit(own.Form("#replay-form"), ("Tab", "As it was"))).Location!);
        var again = await owner.Get($"{beside.Address().AbsolutePath}/replay");
        var fresh = await owner.Get(exporter);
        var dashboard = await owner.Get("/");
        using var api = Portal.Api();
        var runs = JsonNode.Parse(await api.GetStringAsync($"/api/v1/runs?exporter={exporter.Split('/')[^1]}"))!.AsArray();
        var over = await Ended((await owner.Submit(
            (await owner.Get($"{first.Address().AbsolutePath}/replay")).Form("#replay-form"), ("Overwrite", "true"))).Location!);
        var old = await owner.Get(exporter);
        await Run();
        var renewed = await owner.Get(exporter);

        replay.ById("tab").GetAttribute("value").Should().StartWith("Invoices 20");
        again.ById("tab").GetAttribute("value").Should().MatchRegex(@"^Invoices 20\d\d-\d\d-\d\d \d{4}$");
        replay.ById("overwrite-hint").TextContent.Should().Contain("It holds 20 rows").And.Contain("5 added");
        foreach (var refused in (Page[])[untold, own])
            (refused.Status, refused.Text.Contains("CK-RUN-20")).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        beside.Text.Should().Contain("As it was");
        fresh.Document.GetElementById("replayed").Should().BeNull("the exporter's own tab is as fresh as it was");
        foreach (var listed in new[]
        {
            fresh.ById("exporter-runs").QuerySelectorAll("tbody tr"), dashboard.ById("recent-runs").QuerySelectorAll("li"),
        })
            listed.Select(row => row.TextContent.Contains("as a replay", StringComparison.Ordinal))
                .Should().Equal(true, false, false);
        runs.Select(run => (run!["replayOf"] is null, run["dataAt"] is null)).Should().Equal((false, false), (true, true), (true, true));
        over.Text.Should().Contain("an earlier moment, on purpose");
        old.ById("replayed").TextContent.Should().Contain("by ").And.Contain("old on purpose");
        (await owner.Get("/exporters")).Text.Should().NotContain("old data on purpose");
        renewed.Document.GetElementById("replayed").Should().BeNull();
        await TimesAreOfTheData(first);
    }

    private async Task TimesAreOfTheData(Page first)
    {
        var log = (await Portal.Log()).Select(e => e.Event).ToList();
        var id = Guid.Parse(first.Address().AbsolutePath.Split('/')[^1]);
        var then = log.OfType<SourcesSynced>().Single(e => e.RunId == id).ReadAt!.Value;
        then.Should().BeAfter(log.OfType<RunStarted>().Single(e => e.RunId == id).QueuedAt);
        var replayed = log.OfType<RunReleased>().Select(e => e.Last).OfType<LastWrite>().Single(last => last.ReplayedAt is not null);
        replayed.At.Should().Be(then);
        replayed.ReplayedAt.Should().BeAfter(then);
    }

    private async Task<List<ExportCompleted>> Completed() => [.. (await Portal.Log()).Select(e => e.Event).OfType<ExportCompleted>()];

    private Task Invoices(string status, int count = Rows, string total = "10.00") => vendors.Sandbox.Control.Post(
        $"_/xero/organizations/{vendors.Organizations[0].Id}/invoices",
        new
        {
            invoices = Enumerable.Range(1, count).Select(number => JsonNode.Parse($$"""
                {"InvoiceID":"11111111-2222-3333-4444-{{number:000000000000}}","Type":"ACCREC","Status":"{{status}}",
                 "InvoiceNumber":"T-{{number}}","Total":{{total}},"Date":"/Date(1935705600000+0000)/","Contact":{"Name":"Ann"} }
                """)),
        });

    private async Task<Page> Run() =>
        await Ended((await owner.Submit((await owner.Get(exporter)).Form("#run-form"))).Location!);

    /// <summary>The exporter's page tells what the run left.</summary>
    private async Task Released(Guid runId)
    {
        while (true)
        {
            if ((await Portal.Log()).FirstOrDefault(e => e.Event is RunReleased released && released.RunId == runId) is { } found)
            {
                await Portal.Services.GetRequiredService<ReadModels>().CaughtUpTo(found.Position, default);
                return;
            }

            await Task.Delay(60);
        }
    }

    private async Task<Page> Ended(string run)
    {
        while (true)
        {
            var page = await owner.Get(run);
            if (page.Document.QuerySelector("form[action$='/cancel']") is null)
            {
                await Released(Guid.Parse(run.Split('/')[^1]));
                return page;
            }

            await Task.Delay(100);
        }
    }
}
