using System.Net;
using CountingKit.Schedules;
using CountingKit.Web.Tests.Exporters;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Schedules;

public sealed class SchedulePages(ExporterPages.Connected connected) : IClassFixture<ExporterPages.Connected>
{
    private Browser Owner => connected.Owner;

    [Fact]
    public async Task A_schedule_is_added_paused_resumed_changed_and_removed_on_the_exporters_page()
    {
        var address = await Exporter("Daily one");
        var added = await Owner.Submit(
            (await Owner.Get($"{address}/schedules/new")).Form("#schedule-form"), ("Zone", "Europe/London"), ("At", "06:00"));
        added.Location.Should().Be(address);
        var card = (await Owner.Get(address)).ById("exporter-schedules");
        card.TextContent.Should().Contain("Weekdays at 06:00, London").And.Contain("06:00 (UTC+0");
        var list = await Owner.Get("/exporters");
        list.Document.QuerySelector($"tr[data-exporter='{address.Split('/')[^1]}'] [data-label='Next run']")!
            .TextContent.Should().EndWith("UTC");

        await Owner.Submit((await Owner.Get(address)).Form("#exporter-schedules form[action$='/pause']"));
        (await Owner.Get(address)).ById("exporter-schedules").TextContent.Should().Contain("Paused").And.NotContain("(UTC+0");
        await Owner.Submit((await Owner.Get(address)).Form("#exporter-schedules form[action$='/resume']"));
        var edit = (await Owner.Get(address)).Document.QuerySelector("#exporter-schedules a[href$='/edit']")!.GetAttribute("href")!;
        await Owner.Submit((await Owner.Get(edit)).Form("#schedule-form"), ("At", "07:30"));
        (await Owner.Get(address)).ById("exporter-schedules").TextContent.Should().Contain("Weekdays at 07:30, London");
        await Owner.Submit((await Owner.Get(address)).Form("#exporter-schedules form[action$='/remove']"));

        (await Owner.Get(address)).ById("exporter-schedules").TextContent.Should().Contain("It runs only when somebody runs it.");
        (await connected.Vendors.Portal.Log()).Select(e => e.Event).OfType<ScheduleChanged>().Last()
            .Before.At.Should().Be(new TimeOnly(6, 0));
    }

    [Fact]
    public async Task The_next_five_runs_and_the_cost_are_shown_by_htmx_and_without_scripts()
    {
        var address = await Exporter("Shown");
        var form = (await Owner.Get($"{address}/schedules/new")).Form("#schedule-form");
        form.SetAttribute("action", $"{address}/schedules/new/form");

        var page = await Owner.Submit(form, ("Kind", "MonthEnd"), ("Zone", "Asia/Kathmandu"), ("At", "06:00"));
        form.SetAttribute("action", $"{address}/schedules/preview");
        form.RemoveAttribute("hx-post");
        var fragment = await Owner.SubmitAsHtmx(form, ("Kind", "MonthEnd"), ("Zone", "Asia/Kathmandu"), ("At", "06:00"));

        foreach (var shown in (Page[])[page, fragment])
        {
            shown.Document.QuerySelectorAll("#next-runs li").Should().HaveCount(5)
                .And.OnlyContain(li => li.TextContent.EndsWith("06:00 (UTC+05:45)", StringComparison.Ordinal));
            shown.ById("schedule-cost").TextContent.Should().Contain("1 run a day × ").And.Contain("1,000 calls a day");
        }

        (page.IsFragment, fragment.IsFragment).Should().Be((false, true));
    }

    [Theory]
    [InlineData("Zone", "Europe/Atlantis", "CK-SCHEDULE-02", "zone")]
    [InlineData("QuietTo", "07:00", "CK-SCHEDULE-08", "quiet-to")]
    public async Task What_is_wrong_is_said_at_its_field(string field, string value, string code, string id)
    {
        var address = await Exporter($"Wrong {field}");
        var form = (await Owner.Get($"{address}/schedules/new")).Form("#schedule-form");
        var before = await Added();

        var page = await Owner.Submit(form, [.. field == "Zone" ? [] : new (string, string?)[] { ("Zone", "UTC") }, (field, value)]);

        page.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        page.ById(id).ParentElement!.TextContent.Should().Contain(code);
        (await Added()).Should().Be(before);
    }

    [Fact]
    public async Task What_cannot_fit_the_days_calls_is_refused_with_the_arithmetic()
    {
        var address = await Exporter("Too often");
        var form = (await Owner.Get($"{address}/schedules/new")).Form("#schedule-form");
        form.SetAttribute("action", $"{address}/schedules/new/form");
        var cron = (await Owner.Submit(form, ("Kind", "Cron"), ("Zone", "UTC"))).Form("#schedule-form");

        var page = await Owner.Submit(cron, ("Cron", "* * * * *"));

        page.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        page.ById("kind").ParentElement!.TextContent.Should().Contain("1,440 runs a day × ").And.Contain("1,000 calls")
            .And.Contain("CK-SCHEDULE-09");
    }

    [Fact]
    public async Task One_switch_pauses_all_and_every_page_says_so()
    {
        var address = await Exporter("Switched");
        await Owner.Submit((await Owner.Get($"{address}/schedules/new")).Form("#schedule-form"));
        (await Owner.Get("/exporters")).Document.QuerySelector("[data-label='Next run'] time").Should().NotBeNull();
        await Owner.Submit((await Owner.Get("/exporters")).Form("#all-schedules"));

        (await Owner.Get("/exporters")).Document.QuerySelector("[data-label='Next run']").Should().BeNull("none comes");
        (await Owner.Get(address)).Document.QuerySelector("[data-label='Next run']")!.TextContent.Trim().Should().Be("Paused");
        (await Owner.Get("/exporters")).ById("schedules-paused").TextContent.Should().Contain("All schedules are paused");
        (await Owner.Get(address)).ById("schedules-paused").TextContent.Should().Contain("All schedules are paused");

        await Owner.Submit((await Owner.Get("/exporters")).Form("#all-schedules"));
        (await Owner.Get("/exporters")).Document.QuerySelector("#schedules-paused").Should().BeNull();
    }

    private async Task<int> Added() => (await connected.Vendors.Portal.Log()).Count(e => e.Event is ScheduleAdded);

    private async Task<string> Exporter(string name)
    {
        var form = (await Owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");
        return (await Owner.Submit(form, ("Name", name), ("TabTitle", name))).Location!;
    }
}
