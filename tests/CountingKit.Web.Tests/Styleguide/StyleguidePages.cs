using System.Net;
using System.Text.RegularExpressions;
using CountingKit.Connections;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Testing.Sandbox;
using CountingKit.Web.Features.Connections;
using CountingKit.Web.Features.Runs;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Styleguide;

/// <summary>The portal as who works on it starts it.</summary>
public sealed class PortalInDevelopment : PortalFactory
{
    public PortalInDevelopment() => EnvironmentName = "Development";
}

public sealed partial class StyleguidePages(PortalInDevelopment portal) : IClassFixture<PortalInDevelopment>
{
    private static readonly string Shared = Path.Combine(BuiltPaths.Web, "Features", "Shared");
    private static readonly string Guide = Path.Combine(BuiltPaths.Web, "Features", "Styleguide", "Index.cshtml");

    /// <summary>Those of the frame, which stand around every page.</summary>
    private static readonly string[] OfTheFrame = ["_Layout", "_ThemeToggle"];

    [Fact]
    public async Task Elsewhere_than_in_Development_there_is_none()
    {
        await using var usual = new PortalFactory();
        await usual.InitializeAsync();
        var owner = await usual.Owner();

        (await owner.Get("/styleguide")).Status.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task It_shows_every_badge_of_connections_and_runs_with_its_sentence()
    {
        var page = await (await portal.Member(Role.Viewer)).Get("/styleguide");

        foreach (var badge in Enum.GetValues<RunStatus>().Select(RunBadges.BadgeOf).Append(RunBadges.NeedsALook).Append(ConnectionLooks.Paused))
            page.ById("badges").TextContent.Should().Contain(badge.Text).And.Contain(badge.Meaning);
        foreach (var health in Enum.GetValues<ConnectionHealth>()) page.ById("badges").TextContent.Should().Contain(health.Words());
        page.Document.QuerySelectorAll("#badges .status-badge").Should().OnlyContain(badge => badge.QuerySelector("svg.icon") != null);
    }

    /// <summary>What pages share is seen here, too: who makes a new part shows it.</summary>
    [Fact]
    public void Every_part_that_pages_share_is_on_it()
    {
        var guide = File.ReadAllText(Guide);
        var parts = Directory.EnumerateFiles(Shared, "_*.cshtml").Select(file => Path.GetFileNameWithoutExtension(file)!).Except(OfTheFrame).ToList();

        parts.Should().HaveCountGreaterThan(5);
        parts.Where(part => !guide.Contains($"name=\"{part}\"", StringComparison.Ordinal)).Should().BeEmpty();
        var tags = Directory.EnumerateFiles(Shared, "*TagHelper.cs").SelectMany(file => Target().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["tag"].Value).Distinct().ToList();
        tags.Should().Contain("alert").And.Contain("problem");
        tags.Where(tag => tag != "textarea" && !guide.Contains($"<{tag} ", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_box_with_its_icon_is_drawn_by_nothing_but_its_tag()
    {
        Directory.EnumerateFiles(Path.Combine(BuiltPaths.Web, "Features"), "*.cshtml", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("class=\"alert ", StringComparison.Ordinal)).Should().BeEmpty();

        var page = await (await portal.Owner()).Get("/styleguide");

        foreach (var kind in (string[])["success", "warning", "danger", "info"])
            page.Document.QuerySelectorAll($"#notices .alert-{kind} > .alert-icon + div").Should().ContainSingle(kind);
        page.Document.QuerySelector("#notices .alert-danger")!.GetAttribute("role").Should().Be("alert");
        page.ById("notice").TextContent.Trim().Should().BeEmpty("the guide's notice is not one of this visit");
    }

    [Fact]
    public async Task A_field_that_was_refused_leads_to_its_problem_and_the_summary_to_both()
    {
        var page = await (await portal.Owner()).Get("/styleguide");

        var field = page.ById("wrong");
        field.GetAttribute("aria-invalid").Should().Be("true");
        var problem = field.GetAttribute("aria-describedby")!.Split(' ')[0];
        page.Document.QuerySelector($"#form-errors a[href='#{problem}']")!.TextContent.Should().Be(page.ById(problem).TextContent);
    }

    [Fact]
    public async Task No_id_stands_there_twice()
    {
        var page = await (await portal.Owner()).Get("/styleguide");

        page.Document.QuerySelectorAll("[id]").Select(e => e.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task What_is_sent_from_it_does_nothing_and_says_so()
    {
        var owner = await portal.Owner();
        var form = (await owner.Get("/styleguide")).Form("#form form");
        await portal.Settled();
        var before = (await portal.Log()).Count;

        (await owner.Submit(form)).Location.Should().Be("/styleguide");

        (await owner.Get("/styleguide")).ById("notice").TextContent.Should().Contain("Nothing was done");
        (await portal.Log()).Count.Should().Be(before);
    }

    [GeneratedRegex("""HtmlTargetElement\("(?<tag>\w+)"(?!, Attributes = "\[)""")]
    private static partial Regex Target();
}
