using System.Net;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Audit;

public sealed class AuditPages(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task A_changed_exporter_shows_before_and_after_and_marks_what_changed()
    {
        var (story, acme, id) = (await Story.Of(portal), Guid.CreateVersion7(), Guid.CreateVersion7());
        var before = Story.Invoices(acme, "Sales");
        await story.Click($"exporter-{id:N}", [acme], new ExporterCreated(id, 1, before, "sheet"));
        await story.Click($"exporter-{id:N}", [acme], new ExporterChanged(id, 2, before with { Name = "Sales of the year" }, "sheet"));

        var page = await (await portal.Owner()).Get($"/audit?target={id}");

        var lines = page.Document.QuerySelectorAll(".audit-line");
        lines.Select(l => l.QuerySelector("strong")!.TextContent).Should().Equal("Changed the exporter", "Created the exporter");
        lines[1].QuerySelector(".audit-what")!.TextContent.Should().Be("Created the exporter · Sales");
        var changed = lines[0].QuerySelectorAll("tr.is-changed");
        changed.Select(r => r.QuerySelectorAll("td").Select(td => td.TextContent.Trim())).Should().BeEquivalentTo(
            new[] { new[] { "1", "2" }, ["Sales", "Sales of the year"] });
        lines[1].QuerySelectorAll(".audit-compared").Should().BeEmpty("there was nothing before it");
    }

    [Fact]
    public async Task A_change_reads_as_what_was_added_removed_moved_and_renamed_with_all_of_it_behind()
    {
        var (story, acme, id) = (await Story.Of(portal), Guid.CreateVersion7(), Guid.CreateVersion7());
        var before = Story.Invoices(acme, "Sales") with { Columns = [new("invoiceNumber"), new("reference"), new("total")] };
        var after = before with { Columns = [new("total", "<b>Amount</b>"), new("invoiceNumber"), new("dueDate")] };
        await story.Click($"exporter-{id:N}", [acme], new ExporterCreated(id, 1, before, "sheet"));
        await story.Click($"exporter-{id:N}", [acme], new ExporterChanged(id, 2, after, "sheet"));

        var page = await (await portal.Owner()).Get($"/audit?target={id}");

        var (changed, created) = (page.Document.QuerySelectorAll(".audit-line")[0], page.Document.QuerySelectorAll(".audit-line")[1]);
        changed.QuerySelectorAll(".audit-changes li").Select(li => li.TextContent).Should().Equal(
            "Columns: added Due Date; removed Reference; moved Total before Invoice Number; renamed heading “Total” to “<b>Amount</b>”");
        changed.QuerySelectorAll("b").Should().BeEmpty();
        changed.QuerySelector("details")!.HasAttribute("open").Should().BeFalse("the change is told above");
        changed.QuerySelector("details tr.is-changed td[data-label=Before]").Should().NotBeNull();
        changed.QuerySelectorAll("details td").Select(td => td.TextContent).Should().Contain("invoiceNumber, reference, total");
        created.QuerySelectorAll(".audit-changes").Should().BeEmpty();
        created.QuerySelector("details")!.HasAttribute("open").Should().BeTrue();
    }

    [Fact]
    public async Task Each_filter_of_the_address_keeps_only_what_fits()
    {
        var (story, acme, beta) = (await Story.Of(portal), Guid.CreateVersion7(), Guid.CreateVersion7());
        var click = await story.Click($"connection-{acme:N}", [acme], new ConnectionLabeled(acme, "Gardeners", "G-77", []));
        await story.Tell($"connection-{beta:N}", Actor.System, story.Workspace, [beta], new AccessLost(beta, "CK-XERO-ACCESS-01"));
        var owner = await portal.Owner();

        (await Targets(owner, $"target={acme}")).Should().Equal(acme);
        (await Targets(owner, $"click={click}")).Should().Equal(acme);
        (await Targets(owner, "text=G-77")).Should().Equal(acme);
        (await Targets(owner, $"text={click}")).Should().Equal(acme);
        (await Targets(owner, "type=connection-labeled")).Should().Contain(acme).And.NotContain(beta);
        (await Targets(owner, $"actor={story.Owner}&kind=organization")).Should().Contain(acme).And.NotContain(beta);
        (await Targets(owner, "actor=system&kind=organization")).Should().Contain(beta).And.NotContain(acme);
        (await Targets(owner, $"target={acme}&from=2020-01-01&to=2020-01-31")).Should().BeEmpty();
        (await Targets(owner, $"target={acme}&from=2020-01-01&to=9999-12-31")).Should().Equal(acme);
        (await Targets(owner, $"target={acme}&kind=run")).Should().BeEmpty();
    }

    [Fact]
    public async Task The_search_finds_what_a_person_did_by_their_name()
    {
        var (story, acme) = (await Story.Of(portal), Guid.CreateVersion7());
        await story.Click($"connection-{acme:N}", [acme], new ConnectionPaused(acme));
        var owner = await portal.Owner();
        var page = await owner.Get($"/audit?target={acme}");
        var name = page.Document.QuerySelector(".audit-who")!.TextContent.Trim();

        var found = await Targets(owner, $"kind=organization&text={Uri.EscapeDataString(name)}");

        name.Should().NotBeEmpty().And.NotContain(story.Owner.ToString());
        found.Should().Contain(acme);
    }

    [Fact]
    public async Task A_filter_that_is_not_understood_is_refused_instead_of_left_out()
    {
        var owner = await portal.Owner();

        (await owner.Get("/audit?from=yesterday")).Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await owner.Get("/audit/csv?target=everything")).Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await owner.Get($"/audit?text={new string('x', 201)}")).Status.Should().Be(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Htmx_gets_the_list_and_a_browser_the_page()
    {
        var owner = await portal.Owner();

        var fragment = await owner.GetFragment("/audit");
        var page = await owner.Get("/audit");

        fragment.IsFragment.Should().BeTrue();
        page.IsFragment.Should().BeFalse();
        fragment.ById("audit-list").QuerySelectorAll(".audit-line").Should().NotBeEmpty();
        page.ById("audit-list").QuerySelector("form")!.GetAttribute("method").Should().Be("get");
    }

    [Fact]
    public async Task The_next_page_goes_on_where_this_one_ends_with_the_same_filter()
    {
        var (story, acme) = (await Story.Of(portal), Guid.CreateVersion7());
        IEvent[] labels = [.. Enumerable.Range(1, 60).Select(n => new ConnectionLabeled(acme, $"Name {n}", null, []))];
        await story.Click($"connection-{acme:N}", [acme], labels);
        var owner = await portal.Owner();

        var first = await owner.Get($"/audit?target={acme}&type=connection-labeled");
        var second = await owner.Get(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Ids(first).Should().HaveCount(50);
        Ids(second).Should().HaveCount(10);
        Ids(first).Concat(Ids(second)).Should().OnlyHaveUniqueItems();
        second.Document.QuerySelector("a[rel=next]").Should().BeNull();

        static IReadOnlyList<string?> Ids(Page page) => [.. page.Document.QuerySelectorAll(".audit-line").Select(l => l.Id)];
    }

    [Fact]
    public async Task Another_workspace_is_not_in_it()
    {
        var (story, foreign) = (await Story.Of(portal), Guid.CreateVersion7());
        await story.Tell($"connection-{foreign:N}", Actor.System, Guid.CreateVersion7(), [foreign], new ConnectionPaused(foreign));
        var owner = await portal.Owner();

        (await Targets(owner, $"target={foreign}")).Should().BeEmpty();
        (await owner.Get($"/audit/csv?target={foreign}")).Text.Should().NotContain(foreign.ToString());
    }

    [Fact]
    public async Task An_auditor_of_one_organization_sees_nothing_that_tells_of_another()
    {
        var (story, acme, beta) = (await Story.Of(portal), Guid.CreateVersion7(), Guid.CreateVersion7());
        await story.Click($"connection-{acme:N}", [acme], new ConnectionPaused(acme));
        await story.Click($"connection-{beta:N}", [beta], new ConnectionPaused(beta));
        var both = Guid.CreateVersion7();
        await story.Click($"exporter-{both:N}", [acme, beta], new ExporterCreated(both, 1, Story.Invoices(acme), "sheet"));
        await story.Click($"exporter-{both:N}", [acme, beta], new ExporterDeleted(both, "deleted"));
        var auditor = await portal.Member(Role.Auditor, [acme]);

        var seen = await Targets(auditor, "");
        var file = (await auditor.Get("/audit/csv")).Text;

        seen.Should().Contain(acme).And.NotContain([beta, both]);
        file.Should().Contain(acme.ToString()).And.NotContain(beta.ToString()).And.NotContain(both.ToString());
        (await auditor.Get("/audit")).Document.QuerySelectorAll("#type option").Select(o => o.GetAttribute("value"))
            .Should().Contain("connection-paused").And.NotContain("exporter-deleted");
    }

    [Theory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Viewer)]
    public async Task Those_without_the_permission_see_neither_page_nor_file(Role role)
    {
        var member = await portal.Member(role);

        (await member.Get("/audit")).Status.Should().Be(HttpStatusCode.Forbidden);
        (await member.Get("/audit/csv")).Status.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Hostile_text_stands_there_as_text()
    {
        var (story, acme) = (await Story.Of(portal), Guid.CreateVersion7());
        await story.Click($"connection-{acme:N}", [acme], new ConnectionLabeled(acme, "<script>alert(1)</script>\u202E", null, []));

        var page = await (await portal.Owner()).Get($"/audit?target={acme}");

        page.ById("audit-list").QuerySelectorAll("script").Should().BeEmpty();
        page.ById("audit-list").TextContent.Should().Contain(@"<script>alert(1)</script>\u202E");
    }

    [Fact]
    public async Task A_line_links_to_everything_of_its_click()
    {
        var (story, acme) = (await Story.Of(portal), Guid.CreateVersion7());
        var click = await story.Click($"connection-{acme:N}", [acme], new ConnectionPaused(acme), new ConnectionResumed(acme));
        var owner = await portal.Owner();
        var page = await owner.Get($"/audit?target={acme}&type=connection-paused");

        var link = page.Document.QuerySelectorAll(".audit-links a").First(a => a.TextContent.Contains("All steps"));
        var all = await owner.Get(link.GetAttribute("href")!);

        link.GetAttribute("href").Should().Be($"/audit?click={click}");
        all.Document.QuerySelectorAll(".audit-line strong").Select(s => s.TextContent).Should().Equal("Resumed the connection", "Paused the connection");
    }

    [Fact]
    public async Task The_trail_is_a_line_an_act_until_every_step_is_asked_for()
    {
        var (story, acme) = (await Story.Of(portal), Guid.CreateVersion7());
        await story.Click($"connection-{acme:N}", [acme], new ConnectionPaused(acme), new ConnectionResumed(acme));
        var owner = await portal.Owner();

        var acts = await owner.Get("/audit");
        var steps = await owner.Get("/audit?steps=true");
        var found = await owner.Get("/audit?kind=organization");
        var file = await owner.Get("/audit/csv?kind=organization");

        Of(acts).Should().Equal("Paused the connection");
        Of(steps).Should().Equal("Resumed the connection", "Paused the connection");
        Of(found).Should().Equal(["Resumed the connection", "Paused the connection"], "what somebody looks for may be a step");
        acts.ById("steps").HasAttribute("checked").Should().BeFalse();
        steps.ById("steps").HasAttribute("checked").Should().BeTrue();
        file.Text.Should().Contain("Resumed the connection", "a file leaves nothing out");

        IEnumerable<string> Of(Page page) => page.Document.QuerySelectorAll(".audit-line")
            .Where(line => line.QuerySelector($".audit-links a[href*='{acme}']") is not null)
            .Select(line => line.QuerySelector("strong")!.TextContent);
    }

    private static async Task<IReadOnlyList<Guid>> Targets(Browser browser, string query)
    {
        var page = await browser.Get($"/audit?{query}");
        page.Status.Should().Be(HttpStatusCode.OK);
        return [.. page.Document.QuerySelectorAll(".audit-links a[href*='target=']")
            .Select(a => Guid.Parse(a.GetAttribute("href")!.Split('=')[^1])).Distinct()];
    }
}
