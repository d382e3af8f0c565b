using System.Net;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Web.Features.Exporters;
using CountingKit.Web.Tests.Connections;
using CountingKit.Web.Tests.Portal;
using CountingKit.Web.Tests.Spreadsheets;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Exporters;

public sealed class ExporterPages(ExporterPages.Connected connected) : IClassFixture<ExporterPages.Connected>
{
    private Browser Owner => connected.Owner;

    private XeroPortal Vendors => connected.Vendors;

    private PortalFactory Portal => Vendors.Portal;

    [Fact]
    public async Task A_form_sent_twice_makes_one_exporter_and_its_page_shows_what_was_chosen()
    {
        var form = (await Owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");

        const string name = "Paid <b>invoices</b>";
        (string, string?)[] typed = [("Name", name), ("Statuses", "PAID"), ("From", "2026-01-01"), ("TabTitle", "Paid")];
        var sent = await Task.WhenAll(Owner.Submit(form, typed), Owner.SubmitAsHtmx(form, typed));
        var page = await Owner.Get(sent[0].Location!);

        sent[1].Header("HX-Redirect").Should().Be(sent[0].Location);
        (await Portal.Log()).Count(r => r.Event is ExporterCreated e && e.Configuration.Name == name).Should().Be(1);
        page.ById("exporter-facts").TextContent.Should().Contain("Paid").And.Contain("since Jan 1, 2026")
            .And.Contain(connected.Organization).And.Contain("Invoice Number");
        page.ById("exporter-state").TextContent.Should().Contain("Books");
        page.ById("run-line").TextContent.Should().Contain("Xero is asked").And.Contain("Its own tab of Books is replaced in one step if there is one; otherwise a new tab is made.");
        page.Document.QuerySelector("h1 b").Should().BeNull("what people type is text");
        var list = await Owner.Get("/exporters");
        list.Document.QuerySelector(Row(sent[0].Location!))!.TextContent.Should().Contain("Books").And.Contain("Never run");
    }

    [Fact]
    public async Task While_the_connection_is_paused_no_run_is_offered_and_every_page_says_why()
    {
        var (id, organization) = Vendors.Organizations[2];
        var paused = await Vendors.Connected(Owner, id);
        var address = await Created("Held", "Held", paused.Split('/')[^1]);
        (await Owner.Get(address)).Document.QuerySelector("#run-form").Should().NotBeNull();
        var reads = await Owner.Get(paused);
        await Owner.Submit(reads.Form("form[action$='/pause']"));

        var (page, list, dashboard) = (await Owner.Get(address), await Owner.Get("/exporters"), await Owner.Get("/"));

        page.Document.QuerySelector("#run-form").Should().BeNull();
        page.ById("run-line").TextContent.Should().Contain(organization).And.Contain("is paused");
        list.Document.QuerySelector($"{Row(address)} form").Should().BeNull();
        list.Document.QuerySelector(Row(address))!.TextContent.Should().Contain("Connection paused");
        dashboard.Document.QuerySelector(".tile[href='/connections'] .tile-text")!.TextContent.Should().Be("1 paused");
        dashboard.ById("concerns").TextContent.Should().Contain(organization).And.Contain("Paused");
        await Owner.Submit((await Owner.Get(paused)).Form("form[action$='/resume']"));
        (await Owner.Get(address)).Document.QuerySelector("#run-form").Should().NotBeNull();
    }

    [Fact]
    public async Task A_form_that_is_wrong_comes_back_as_it_was_with_each_problem_at_its_place()
    {
        var claims = await Claims();
        var form = (await Owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");

        var page = await Owner.Submit(form, ("Name", new string('x', 101)), ("TabTitle", "Kept"), ("Columns[0].Heading", "No."));
        var fragment = await Owner.SubmitAsHtmx(form, ("Name", "Kept name"), ("TabTitle", new string('x', 101)));

        (page.Status, page.IsFragment).Should().Be((HttpStatusCode.UnprocessableEntity, false));
        page.ById("name").ParentElement!.TextContent.Should().Contain("A name has at most 100 characters");
        page.ById("tab").GetAttribute("value").Should().Be("Kept");
        page.Document.QuerySelector("[name='Columns[0].Heading']")!.GetAttribute("value").Should().Be("No.");
        (fragment.Status, fragment.IsFragment).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        fragment.ById("tab").ParentElement!.TextContent.Should().Contain("CK-EXPORTER-12");
        fragment.ById("name").GetAttribute("value").Should().Be("Kept name");
        (await Claims()).Should().Be(claims);
    }

    [Fact]
    public async Task The_form_says_at_the_tab_what_becomes_of_values_typed_beside_the_rows()
    {
        var page = await Owner.Get($"/exporters/new?connection={connected.Connection}");

        page.ById(page.ById("tab").GetAttribute("aria-describedby")!).TextContent.Should().Contain(
            "If values typed beside the rows would no longer be next to their records, the run stops and asks.")
            .And.Contain("is created by the first run");
    }

    [Fact]
    public async Task The_form_says_that_no_status_checked_means_all_of_them()
    {
        var page = await Owner.Get("/exporters/new");

        page.Document.QuerySelector("[aria-label=Statuses] .form-label")!.TextContent.Should().Contain("(none checked = all, including voided and deleted)");
    }

    [Theory]
    [InlineData("Statuses", "BANANA", "CK-EXPORTER-23")]
    [InlineData("Sort", "banana", "CK-EXPORTER-22")]
    [InlineData("Sort", "--date", "CK-EXPORTER-22")]
    [InlineData("Sort", "-", "CK-EXPORTER-22")]
    [InlineData("Dataset", "banana", "CK-EXPORTER-03")]
    [InlineData("Columns[0].Key", "banana", "CK-EXPORTER-08")]
    [InlineData("Columns[1].Key", "invoiceNumber", "CK-EXPORTER-20")]
    [InlineData("To", "9999-12-31", "CK-EXPORTER-24")]
    public async Task What_is_not_offered_is_refused_where_it_was_chosen(string field, string value, string code)
    {
        var claims = await Claims();
        var form = (await Owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");

        var page = await Owner.Submit(form, ("Name", "Odd"), ("TabTitle", "Odd"), (field, value));

        page.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        page.Document.QuerySelectorAll(".invalid-feedback").Select(e => e.TextContent).Should().Contain(text => text.Contains(code));
        (await Claims()).Should().Be(claims);
    }

    [Fact]
    public async Task A_tab_that_another_exporter_writes_is_refused_at_its_place()
    {
        await Created("First", "Taken");
        var form = (await Owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");

        var refused = await Owner.Submit(form, ("Name", "Second"), ("TabTitle", "TAKEN"));
        var corrected = await Owner.Submit(refused.Form("#exporter-form"), ("TabTitle", "Others"));

        refused.ById("tab").ParentElement!.TextContent.Should().Contain("CK-EXPORTER-02");
        corrected.Status.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Columns_are_moved_with_and_without_scripts_and_kept_in_that_order()
    {
        var form = (await Owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");
        form.SetAttribute("hx-post", "/exporters/new/form");
        var moved = await Owner.SubmitAsHtmx(form, ("Move", "invoiceNumber:down"), ("Name", "Still here"));
        var again = moved.Form("#exporter-form");
        again.SetAttribute("action", "/exporters/new/form");
        var back = await Owner.Submit(again, ("Move", "customer:down"));
        var placed = await Owner.Submit(again, ("Columns[0].Order", "500"));

        Columns(moved).Take(2).Should().Equal("customer", "invoiceNumber");
        moved.ById("name").GetAttribute("value").Should().Be("Still here");
        (back.Status, back.IsFragment).Should().Be((HttpStatusCode.OK, false));
        Columns(back).Take(2).Should().Equal("invoiceNumber", "customer");
        Columns(placed)[0].Should().Be("invoiceNumber", "the first one was sent to the end");
    }

    [Fact]
    public async Task Other_data_brings_its_usual_columns_name_and_tab_and_what_was_typed_stays()
    {
        var form = (await Owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");
        form.SetAttribute("hx-post", "/exporters/new/form");

        var changed = await Owner.SubmitAsHtmx(form, ("Dataset", "contacts"), ("From", "2026-01-01"));
        var typed = await Owner.SubmitAsHtmx(form, ("Dataset", "contacts"), ("Name", "Whom we know"), ("TabTitle", "People"));
        var back = changed.Form("#exporter-form");
        back.SetAttribute("hx-post", "/exporters/new/form");
        var invoices = await Owner.SubmitAsHtmx(back, ("Dataset", "invoices"));
        var likeIt = await Owner.SubmitAsHtmx(form, ("Dataset", "contacts"), ("Name", "Overdue 2025 Invoices"));
        var created = await Owner.Submit(changed.Form("#exporter-form"), ("TabTitle", "Contacts of ours"));

        Chosen(changed).Should().Contain(["name", "email", "contactId"]).And.NotContain("streetCity");
        changed.ById("name").GetAttribute("value").Should().Be($"{connected.Organization} – Contacts");
        changed.ById("tab").GetAttribute("value").Should().Be($"{connected.Organization} – Contacts");
        changed.Document.QuerySelector("#from").Should().BeNull("contacts have no date");
        (typed.ById("name").GetAttribute("value"), typed.ById("tab").GetAttribute("value")).Should().Be(("Whom we know", "People"));
        likeIt.ById("name").GetAttribute("value").Should().Be("Overdue 2025 Invoices", "nobody suggested that");
        Chosen(invoices).Should().Contain(["invoiceId", "total"]).And.NotContain("contactId");
        invoices.ById("name").GetAttribute("value").Should().EndWith(" – Invoices");
        created.Status.Should().Be(HttpStatusCode.Redirect, created.Text);
    }

    [Fact]
    public async Task Left_empty_name_and_tab_are_the_suggested_ones_and_a_tab_that_is_taken_is_not_suggested()
    {
        async Task<Page> New() => await Owner.Get($"/exporters/new?connection={connected.Connection}&dataset=quotes");
        var name = $"{connected.Organization} – Quotes";

        var made = await Owner.Submit((await New()).Form("#exporter-form"), ("Name", " "), ("TabTitle", ""));
        var next = await New();
        var edited = await Owner.Submit((await Owner.Get($"{made.Location}/edit")).Form("#exporter-form"), ("Name", ""), ("TabTitle", ""));

        var configuration = (await Portal.Log()).Select(r => r.Event).OfType<ExporterCreated>()
            .Single(e => e.ExporterId == IdIn(made.Location!)).Configuration;
        (configuration.Name, configuration.TabTitle).Should().Be((name, name));
        next.ById("name").GetAttribute("value").Should().Be(name);
        next.ById("tab").GetAttribute("value").Should().Be($"{name} (2)");
        edited.Status.Should().Be(HttpStatusCode.UnprocessableEntity, "what has a name keeps it or is given another one");
        edited.ById("name").ParentElement!.TextContent.Should().Contain("Give the exporter a name");
        edited.ById("tab").ParentElement!.TextContent.Should().Contain("Name the tab");
    }

    [Fact]
    public async Task A_preset_chooses_its_columns_and_what_was_typed_as_headings_stays()
    {
        var form = (await Owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");
        form.SetAttribute("action", "/exporters/new/form");
        form.SetAttribute("hx-post", "/exporters/new/form");

        var everything = await Owner.Submit(form, ("Preset", "Everything"), ("Columns[0].Heading", "No."), ("Name", "Mine"));
        var accountant = await Owner.SubmitAsHtmx(form, ("Preset", "Accountant"));
        var again = everything.Form("#exporter-form");
        again.SetAttribute("action", "/exporters/new/form");
        var essential = await Owner.Submit(again, ("Preset", "Essential"));

        Chosen(everything).Should().Contain(["organization", "currencyRate", "recordLink", "invoiceId"]);
        everything.Document.QuerySelector("tr[data-column=invoiceNumber] input[name$='.Heading']")!.GetAttribute("value").Should().Be("No.");
        everything.ById("name").GetAttribute("value").Should().Be("Mine");
        (everything.ById("preset-everything").GetAttribute("aria-pressed"), everything.ById("preset-essential").GetAttribute("aria-pressed"))
            .Should().Be(("true", "false"));
        accountant.IsFragment.Should().BeTrue();
        Chosen(accountant).Should().Contain(["currencyRate", "totalTaxBase", "invoiceId"]).And.NotContain(["recordLink", "organization"]);
        Chosen(essential).Should().BeEquivalentTo(Chosen(await Owner.Get("/exporters/new")));
        essential.ById("preset-essential").GetAttribute("aria-pressed").Should().Be("true");
    }

    [Fact]
    public async Task Without_scripts_other_data_shows_its_columns_before_anything_is_saved()
    {
        var form = (await Owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");

        var asked = await Owner.Submit(form, ("Dataset", "contacts"));
        var created = await Owner.Submit(asked.Form("#exporter-form"), ("TabTitle", "Contacts without scripts"));

        asked.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        asked.ById("dataset").ParentElement!.TextContent.Should().Contain("The usual ones of Contacts are chosen now");
        Chosen(asked).Should().Contain(["name", "contactId"]);
        created.Status.Should().Be(HttpStatusCode.Redirect, created.Text);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "CK-FORM-05")]
    [InlineData("00000000-0000-0000-0000-000000000000", HttpStatusCode.UnprocessableEntity, "CK-FORM-01")]
    public async Task A_form_without_the_new_exporters_id_is_incomplete(string id, HttpStatusCode status, string code)
    {
        var form = (await Owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");

        var refused = await Owner.Submit(form, ("ExporterId", id), ("Name", "Without an id"), ("TabTitle", "Without an id"));

        refused.Status.Should().Be(status);
        refused.Text.Should().Contain(code);
    }

    [Fact]
    public async Task An_exporter_keeps_its_data()
    {
        var address = await Created("Keeps its data", "Keeps its data");
        var editing = await Owner.Get($"{address}/edit");

        var changed = await Owner.Submit(editing.Form("#exporter-form"), ("Dataset", "contacts"), ("Shown", "contacts"));

        editing.Document.QuerySelector("select[name=Dataset]").Should().BeNull();
        changed.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await Portal.Log()).Select(e => e.Event).OfType<ExporterChanged>().Should().NotContain(e => e.ExporterId == IdIn(address));
    }

    [Fact]
    public async Task The_preview_says_when_nothing_was_read_and_shows_rows_and_cost_after_a_run()
    {
        // One that nothing was read from: no other test uses it.
        var unread = (await Vendors.Connected(Owner, Vendors.Organizations[0].Id)).Split('/')[^1];
        var address = await Created("Previewed", "Previewed", unread);
        var exporter = IdIn(address);
        var editing = await Owner.Get($"{address}/edit");
        var before = await Preview(editing);
        var run = await Owner.Submit((await Owner.Get(address)).Form("#run-form"));
        await Portal.Logged<RunReleased>(e => e.ExporterId == exporter);
        await Portal.Services.GetRequiredService<ReadModels>().CaughtUpTo((await Portal.Log())[^1].Position, default);
        var after = await Preview(editing);
        var none = await Preview(editing, ("From", "2999-01-01"));
        var elsewhere = await Preview(
            await Owner.Get($"/exporters/new?connection={unread}"), ("From", "2999-01-01"));

        before.ById("preview-hint").TextContent.Should().Contain("Nothing has been read");
        before.ById("preview-cost").TextContent.Should().Contain("1,000 records");
        run.Location.Should().StartWith("/runs/");
        after.Document.QuerySelectorAll("#preview-rows tbody tr").Should().HaveCount(3);
        after.ById("preview-cost").TextContent.Should().Contain("about 1 to read everything once");
        none.ById("preview-hint").TextContent.Should().Contain("No rows match").And.Contain("The tab holds 3 rows now");
        elsewhere.ById("preview-hint").TextContent.Should().Contain("No rows match").And.NotContain("The tab holds");
        (await Portal.Log()).Select(r => r.Event).OfType<ExportCompleted>().Where(e => e.ExporterId == exporter)
            .Should().ContainSingle();
        (await Owner.Get(address)).ById("exporter-runs").TextContent.Should().Contain("Completed");
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "The tab holds 1 row now. If you save filters that leave no rows, the next run removes it from the tab.")]
    [InlineData(19, "The tab holds 19 rows now. If you save filters that leave no rows, the next run removes them from the tab.")]
    [InlineData(
        20,
        "The tab holds 20 rows now. If you save filters that leave no rows, the next run removes them from the tab. "
        + "But if the filters are the same as when the tab was last updated, the run stops before it removes anything, "
        + "and you decide.")]
    [InlineData(
        1_234,
        "The tab holds 1,234 rows now. If you save filters that leave no rows, the next run removes them from the tab. "
        + "But if the filters are the same as when the tab was last updated, the run stops before it removes anything, "
        + "and you decide.")]
    public void What_filters_that_leave_no_rows_would_do_is_told_beside_them(long held, string? words) =>
        new PreviewPage(null, null, held).WouldEmpty.Should().Be(words);

    [Fact]
    public async Task The_first_and_the_last_day_are_called_by_the_date_that_they_are_of()
    {
        var heading = DatasetCatalogue.All[0].DateColumn!.Heading;

        var page = await Owner.Get("/exporters/new");

        page.Document.QuerySelector("label[for=from]")!.TextContent.Should().Be($"{heading} from");
        page.Document.QuerySelector("label[for=to]")!.TextContent.Should().Be($"{heading} to");
    }

    [Fact]
    public async Task Those_that_the_list_shows_run_by_one_click_once_each_and_one_that_cannot_holds_up_no_other()
    {
        var made = new List<string>();
        foreach (var name in (string[])["Together A", "Together B", "Together C"]) made.Add(await Created(name, name));
        var list = await Owner.Get("/exporters?search=together");
        await Owner.Submit((await Owner.Get(made[1])).Form("#pause-form"));

        var sent = await Task.WhenAll(Owner.Submit(list.Form("#run-together")), Owner.Submit(list.Form("#run-together")));

        list.ById("run-together").TextContent.Should().Contain("Run all 3");
        sent.Should().OnlyContain(answer => answer.Location == "/exporters");
        (await Owner.Get("/exporters")).Text.Should().Contain("2 runs were started.").And.Contain("1 could not be: ").And.Contain("paused");
        (await Portal.Log()).Select(r => r.Event).OfType<RunQueued>().Select(e => e.ExporterId)
            .Where(made.Select(IdIn).Contains).Should().BeEquivalentTo([IdIn(made[0]), IdIn(made[2])]);
        (await Owner.Get("/exporters?search=together")).ById("run-together").TextContent.Should().Contain("Run all 2", "one is paused");
    }

    [Fact]
    public async Task A_double_click_on_Run_starts_one_run()
    {
        var address = await Created("Clicked", "Clicked");
        var form = (await Owner.Get(address)).Form("#run-form");

        var sent = await Task.WhenAll(Owner.Submit(form), Owner.Submit(form));

        sent[0].Location.Should().Be(sent[1].Location);
        (await Portal.Log()).Count(r => r.Event is RunQueued e && e.ExporterId == IdIn(address)).Should().Be(1);
    }

    [Fact]
    public async Task Pausing_resuming_changing_and_deleting_each_happen_once_though_sent_twice()
    {
        var address = await Created("Changed", "Changed");
        var exporter = IdIn(address);
        var pause = (await Owner.Get(address)).Form("#pause-form");
        var paused = await Owner.SubmitAsHtmx(pause);
        await Owner.Submit(pause);
        var resume = (await Owner.Get(address)).Form("#resume-form");
        await Owner.Submit(resume);
        await Owner.Submit(resume);
        var change = (await Owner.Get($"{address}/edit")).Form("#exporter-form");
        await Owner.Submit(change, ("TabTitle", "Moved"));
        var changed = await Owner.SubmitAsHtmx(change, ("TabTitle", "Moved"));
        var delete = (await Owner.Get($"{address}/delete")).Form();
        await Owner.Submit(delete);
        var deleted = await Owner.Submit(delete);

        (paused.IsFragment, paused.ById("exporter").TextContent).Should().Match<(bool IsFragment, string Text)>(
            p => p.IsFragment && p.Text.Contains("Paused"));
        changed.Header("HX-Redirect").Should().Be(address);
        deleted.Location.Should().Be("/exporters");
        var events = (await Portal.Log()).Select(r => r.Event).ToList();
        events.OfType<ExporterPaused>().Count(e => e.ExporterId == exporter).Should().Be(1);
        events.OfType<ExporterResumed>().Count(e => e.ExporterId == exporter).Should().Be(1);
        events.OfType<ExporterChanged>().Where(e => e.ExporterId == exporter).Should().ContainSingle()
            .Which.Configuration.TabTitle.Should().Be("Moved");
        events.OfType<ExporterDeleted>().Count(e => e.ExporterId == exporter).Should().Be(1);
        (await Owner.Get(address)).Document.GetElementById("run-form").Should().BeNull();
        (await Owner.Get($"{address}/edit")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_form_that_another_member_s_change_made_old_is_refused_as_it_was_and_saved_when_it_is_sent_again()
    {
        var address = await Created("Of two", "Of two");
        var exporter = IdIn(address);
        var colleague = await Portal.Member(Role.Operator);
        var mine = (await Owner.Get($"{address}/edit")).Form("#exporter-form");
        var theirs = (await colleague.Get($"{address}/edit")).Form("#exporter-form");
        (string, string?)[] typed = [("Name", "Renamed"), ("TabTitle", "Theirs")];
        var first = await Owner.Submit(mine, ("Columns[0].Heading", "No."));

        var page = await colleague.Submit(theirs, typed);
        var fragment = await colleague.SubmitAsHtmx(theirs, typed);
        var wrong = await colleague.Submit(theirs, ("Name", ""));
        var stillOld = await colleague.Submit(wrong.Form("#exporter-form"), typed);
        var taken = (await Portal.Log()).Count(r => r.Event is TabTaken e && e.ExporterId == exporter);
        var saved = await colleague.Submit(page.Form("#exporter-form"));
        var repeated = await Owner.Submit(mine, ("Columns[0].Heading", "No."));

        foreach (var refused in (Page[])[page, fragment, stillOld])
        {
            refused.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
            refused.Document.QuerySelector("#exporter-form > .alert")!.TextContent
                .Should().Contain("changed meanwhile").And.Contain("CK-EXPORTER-14");
            refused.ById("name").GetAttribute("value").Should().Be("Renamed");
            refused.ById("tab").GetAttribute("value").Should().Be("Theirs");
        }

        taken.Should().Be(0, "what is refused takes no tab");
        foreach (var done in (Page[])[first, saved, repeated]) done.Location.Should().Be(address);
        (await Portal.Log()).Select(r => r.Event).OfType<ExporterChanged>().Where(e => e.ExporterId == exporter)
            .Select(e => (e.ConfigurationVersion, e.Configuration.Name, e.Configuration.Columns[0].Heading))
            .Should().Equal((2, "Of two", "No."), (3, "Renamed", null));
    }

    [Fact]
    public async Task A_form_that_says_not_what_it_was_made_from_is_saved_as_ever_and_runs_and_pauses_make_none_old()
    {
        var address = await Created("Not told", "Not told");
        var (silent, told) = (
            (await Owner.Get($"{address}/edit")).Form("#exporter-form"), (await Owner.Get($"{address}/edit")).Form("#exporter-form"));
        await Owner.Submit((await Owner.Get(address)).Form("#run-form"));
        await Portal.Logged<RunReleased>(e => e.ExporterId == IdIn(address));
        await Owner.Submit((await Owner.Get(address)).Form("#pause-form"));

        var kept = await Owner.Submit(told, ("Name", "Told"));
        var asEver = await Owner.Submit(silent, ("Name", "Silent"), ("Version", null));

        foreach (var saved in (Page[])[kept, asEver]) saved.Location.Should().Be(address);
    }

    [Fact]
    public async Task Who_may_not_see_the_organization_finds_no_exporter_and_viewers_find_no_buttons()
    {
        var address = await Created("Unseen", "Unseen");
        var stranger = await Portal.Member(Role.Operator, [Guid.CreateVersion7()]);
        var viewer = await Portal.Member(Role.Viewer);

        (await stranger.Get(address)).Status.Should().Be(HttpStatusCode.NotFound);
        (await stranger.Get("/exporters")).Document.QuerySelector("tr[data-exporter]").Should().BeNull();
        (await viewer.Get(address)).Document.GetElementById("exporter-actions")!.QuerySelector("form").Should().BeNull();
        (await viewer.Get("/exporters/new")).Status.Should().Be(HttpStatusCode.Forbidden);
    }

    private static IReadOnlyList<string> Columns(Page page) =>
        [.. page.Document.QuerySelectorAll("tr[data-column]").Select(row => row.GetAttribute("data-column")!)];

    private static IEnumerable<string> Chosen(Page page) => page.Document.QuerySelectorAll("tr[data-column]")
        .Where(row => row.QuerySelector("input[type=checkbox]")!.HasAttribute("checked")).Select(row => row.GetAttribute("data-column")!);

    private static Guid IdIn(string address) => Guid.Parse(address.Split('/')[^1]);

    /// <summary>The exporter's row in the list.</summary>
    private static string Row(string address) => $"tr[data-exporter='{IdIn(address)}']";

    private async Task<int> Claims() => (await Portal.Log()).Count(r => r.Event is TabClaimed);

    private async Task<Page> Preview(Page editing, params (string Name, string? Value)[] typed)
    {
        var form = editing.Form("#exporter-form");
        form.SetAttribute("hx-post", "/exporters/preview");
        return await Owner.SubmitAsHtmx(form, typed);
    }

    /// <param name="of">The connection; null = the one that tests share.</param>
    private async Task<string> Created(string name, string tab, string? of = null)
    {
        var form = (await Owner.Get($"/exporters/new?connection={of ?? connected.Connection}")).Form("#exporter-form");
        var made = await Owner.Submit(form, ("Name", name), ("TabTitle", tab));
        made.Status.Should().Be(HttpStatusCode.Redirect);
        return made.Location!;
    }

    /// <summary>A spreadsheet and one of the organizations, connected by the Owner.</summary>
    public sealed class Connected : IAsyncLifetime
    {
        public XeroPortal Vendors { get; } = new();

        public Browser Owner { get; private set; } = null!;

        /// <summary>Its connection's id.</summary>
        public string Connection { get; private set; } = "";

        /// <summary>Its name.</summary>
        public string Organization { get; private set; } = "";

        public async Task InitializeAsync()
        {
            await Vendors.InitializeAsync();
            Owner = await Vendors.Portal.Owner();
            (var id, Organization) = Vendors.Organizations[1];
            Connection = (await Vendors.Connected(Owner, id)).Split('/')[^1];
            await Vendors.CreateSpreadsheet(Owner, "Books");
        }

        public Task DisposeAsync() => Vendors.DisposeAsync();
    }
}
