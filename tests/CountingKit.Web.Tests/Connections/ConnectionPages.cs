using System.Net;
using CountingKit.Connections;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Connections;

public sealed class ConnectionPages(XeroPortal xero) : IClassFixture<XeroPortal>
{
    [Fact]
    public async Task The_page_of_a_connection_shows_what_Xero_says_and_works_as_page_and_as_fragment()
    {
        var owner = await xero.Portal.Owner();
        var address = await Address(owner);
        await xero.Portal.Logged<OrganizationDescribed>();

        var tested = await owner.Submit((await owner.Get(address)).Form("form[action$='/test']"));
        var page = await owner.Get(address);
        var fragment = await owner.GetFragment(address);

        tested.Location.Should().Be(address);
        page.ById("notice").TextContent.Should().Contain("can be read");
        page.ById("organization-facts").TextContent.Should()
            .Contain(xero.Organizations[0].Name).And.Contain("Base currency");
        page.ById("connection-facts").TextContent.Should().Contain("Mary Advisor").And.Contain("of 1,000");
        page.ById("permissions").TextContent.Should().Contain("Read accounting data").And.Contain("Granted");
        page.ById("timeline").TextContent.Should().Contain("Connected").And.Contain("Organization details read from Xero");
        (fragment.IsFragment, fragment.ById("connection").TextContent.Length > 0).Should().Be((true, true));
    }

    [Fact]
    public async Task Labels_are_kept_and_the_list_can_be_searched_by_them()
    {
        var owner = await xero.Portal.Owner();
        var address = await Address(owner);
        var form = (await owner.Get(address)).Form("form[action$='/labels']");

        await owner.Submit(form, ("alias", "The <b>bakery</b>"), ("clientCode", "B-17"), ("tags", "vat, monthly, VAT"));
        var found = await owner.GetFragment("/connections?search=b-17&tag=vat");
        var other = await owner.Get("/connections?search=nobody");

        found.IsFragment.Should().BeTrue();
        var row = found.Document.QuerySelector("#connection-list tbody tr")!;
        row.TextContent.Should().Contain("The <b>bakery</b>").And.Contain("B-17").And.Contain("monthly");
        row.QuerySelector("b").Should().BeNull("foreign text is text");
        other.ById("connection-list").TextContent.Should().Contain("No organizations match this filter");
    }

    [Fact]
    public async Task Labels_that_another_member_changed_meanwhile_are_not_put_back_unseen()
    {
        var owner = await xero.Portal.Owner();
        var address = await Address(owner);
        var colleague = await xero.Portal.Member(Role.Operator);
        var mine = (await owner.Get(address)).Form("form[action$='/labels']");
        var theirs = (await colleague.Get(address)).Form("form[action$='/labels']");
        await owner.Submit(mine, ("clientCode", "M-1"));

        var wrong = await colleague.Submit(theirs, ("alias", new string('x', 101)), ("tags", "theirs"));
        var refused = await colleague.Submit(wrong.Form("form[action$='/labels']"), ("alias", "Theirs"));
        var between = await owner.Get(address);
        var saved = await colleague.Submit(refused.Form("form[action$='/labels']"));
        var after = await owner.Get(address);

        foreach (var page in (Page[])[wrong, refused]) page.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        var form = refused.Document.QuerySelector("form[action$='/labels']")!;
        form.TextContent.Should().Contain("changed meanwhile").And.Contain("CK-CONN-07");
        form.ParentElement!.HasAttribute("open").Should().BeTrue("else nobody sees it");
        (refused.ById("alias").GetAttribute("value"), refused.ById("tags").GetAttribute("value"))
            .Should().Be(("Theirs", "theirs"));
        between.ById("clientCode").GetAttribute("value").Should().Be("M-1");
        saved.Location.Should().Be(address);
        after.ById("alias").GetAttribute("value").Should().Be("Theirs");
    }

    [Theory]
    [InlineData("a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u", "A connection has at most 20 tags.")]
    [InlineData("a tag that goes on and on until nobody reads it", "A tag has at most 40 characters.")]
    public async Task Tags_that_are_too_many_or_too_long_are_refused_where_they_were_typed(string tags, string message)
    {
        var owner = await xero.Portal.Owner();
        var address = await Address(owner);

        var refused = await owner.Submit((await owner.Get(address)).Form("form[action$='/labels']"), ("tags", tags));

        refused.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        refused.Document.QuerySelector("form[action$='/labels']")!.TextContent.Should().Contain(message);
        refused.ById("tags").GetAttribute("value").Should().Be(tags);
        (await owner.Get($"{address}/labels")).Location.Should().Be(address, "a browser that reloads stands there");
    }

    [Fact]
    public async Task Pausing_as_htmx_gives_the_fragment_with_its_badge_and_resuming_takes_it_away()
    {
        var owner = await xero.Portal.Owner();
        var address = await Address(owner);

        var paused = await owner.SubmitAsHtmx((await owner.Get(address)).Form("form[action$='/pause']"));
        var resumed = await owner.SubmitAsHtmx((await owner.Get(address)).Form("form[action$='/resume']"));

        paused.IsFragment.Should().BeTrue();
        paused.Document.QuerySelectorAll(".status-badge").Should().Contain(b => b.TextContent.StartsWith("Paused"));
        resumed.Document.QuerySelectorAll(".status-badge").Should().NotContain(b => b.TextContent.StartsWith("Paused"));
    }

    [Fact]
    public async Task Before_it_disconnects_it_names_and_counts_the_exporters_that_go_too()
    {
        var owner = await xero.Portal.Owner();
        var address = await Address(owner);
        var connection = Guid.Parse(address.Split('/')[^1]);
        var none = await owner.Get($"{address}/disconnect");
        var story = await Story.Of(xero.Portal);
        foreach (var name in (string[])["Sales", "Paid"])
        {
            var id = Guid.CreateVersion7();
            await story.Click(
                $"exporter-{id:N}", [connection], new ExporterCreated(id, 1, Story.Invoices(connection, name), "sheet"));
        }

        var two = await owner.Get($"{address}/disconnect");

        none.Document.QuerySelector("#disconnect-form .btn-danger")!.TextContent.Should().Be("Disconnect");
        none.Document.GetElementById("disconnect-deletes").Should().BeNull();
        two.Document.QuerySelector("#disconnect-form .btn-danger")!.TextContent.Should().Be("Disconnect and delete 2 exporters");
        two.ById("disconnect-deletes").TextContent.Should().Be("This deletes 2 exporters: Paid, Sales.");
    }

    [Fact]
    public async Task Who_may_not_see_the_organization_finds_nothing_there()
    {
        var owner = await xero.Portal.Owner();
        var address = await Address(owner);
        var viewer = await xero.Portal.Member(Role.Viewer, [Guid.CreateVersion7()]);

        var page = await viewer.Get(address);
        var list = await viewer.Get("/connections");

        page.Status.Should().Be(HttpStatusCode.NotFound);
        list.Text.Should().NotContain(xero.Organizations[0].Name);
    }

    [Theory]
    [InlineData("/test")]
    [InlineData("/pause")]
    [InlineData("/resume")]
    [InlineData("/labels")]
    [InlineData("/reconnect")]
    [InlineData("/disconnect")]
    public async Task Nothing_is_done_without_the_forms_token(string action)
    {
        var owner = await xero.Portal.Owner();

        var answer = await owner.Post(await Address(owner) + action, ("commandId", Guid.CreateVersion7().ToString()));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
    }

    /// <summary>The first organization's page; connected by whichever test comes first.</summary>
    private async Task<string> Address(Browser owner)
    {
        var list = await owner.Get("/connections");
        return list.Document.QuerySelector("#connection-list tbody a")?.GetAttribute("href")
            ?? await xero.Connected(owner, xero.Organizations[0].Id);
    }
}
