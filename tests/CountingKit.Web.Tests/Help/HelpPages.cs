using System.Reflection;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Web.Features.Runs;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Help;

public sealed class HelpPages(PortalFactory portal) : IClassFixture<PortalFactory>
{
    /// <summary>Every code that any part of the product has in a field.</summary>
    private static IEnumerable<ErrorCode> Written =>
        new[] { "CountingKit", "CountingKit.Adapters", "CountingKit.Web" }.Select(Assembly.Load).SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => f.FieldType == typeof(ErrorCode)).Select(f => (ErrorCode)f.GetValue(null)!);

    [Fact]
    public async Task Every_code_stands_there_with_what_happened_and_what_to_do()
    {
        var page = await (await portal.Member(Role.Viewer)).Get("/help");

        Written.Should().HaveCountGreaterThan(50);
        foreach (var code in Written)
        {
            page.Document.GetElementById(code.Code).Should().NotBeNull("{0} is shown somewhere and should lead here", code.Code);
            page.ById(code.Code).TextContent.Should().Contain(code.Title).And.Contain(code.Advice);
        }
    }

    [Fact]
    public void Boxes_are_checked_and_not_ticked_in_American_English()
    {
        foreach (var code in Written)
            $"{code.Title} {code.Advice}".Should().NotContainAny(" tick ", "ticked", "untick");
    }

    [Fact]
    public async Task No_id_stands_there_twice_and_every_link_of_the_contents_leads_somewhere()
    {
        var page = await (await portal.Owner()).Get("/help");

        page.Document.QuerySelectorAll("[id]").Select(e => e.Id).Should().OnlyHaveUniqueItems();
        page.Document.QuerySelectorAll(".help-contents a").Select(a => a.GetAttribute("href")![1..])
            .Should().NotBeEmpty().And.OnlyContain(id => page.Document.GetElementById(id) != null);
    }

    [Fact]
    public async Task Every_group_of_codes_has_a_heading_in_words()
    {
        var page = await (await portal.Owner()).Get("/help");

        page.Document.QuerySelectorAll("section[id^=codes-] h2").Select(heading => heading.TextContent)
            .Should().Contain("Queued work").And.OnlyContain(heading => heading.Any(char.IsLower));
    }

    [Fact]
    public async Task Every_badge_of_runs_stands_there_with_its_meaning()
    {
        var page = await (await portal.Owner()).Get("/help");

        foreach (var badge in Enum.GetValues<RunStatus>().Select(RunBadges.BadgeOf).Append(RunBadges.NeedsALook))
            page.ById("badges").TextContent.Should().Contain(badge.Text).And.Contain(badge.Meaning);
    }

    [Fact]
    public async Task What_becomes_of_the_sign_in_of_a_connection_that_has_ended_is_told_for_a_shared_one_too()
    {
        var page = await (await portal.Owner()).Get("/help");

        page.ById("badges").TextContent.Should()
            .Contain("Its sign-in is deleted here unless another organization uses it.").And.NotContain("destroyed");
    }

    [Fact]
    public async Task A_code_in_a_refusal_leads_to_its_place()
    {
        var owner = await portal.Owner();

        var page = await owner.Get("/test/refused");

        page.Document.QuerySelector(".code")!.GetAttribute("href").Should().Be("/help#CK-TEST-01");
    }

    [Fact]
    public async Task The_member_s_menu_leads_to_it()
    {
        var page = await (await portal.Member(Role.Auditor)).Get("/");

        page.Document.QuerySelector(".member-menu a[href='/help']").Should().NotBeNull();
    }
}
