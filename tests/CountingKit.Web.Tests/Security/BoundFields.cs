using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using CountingKit.Web.Tests.Account;
using CountingKit.Web.Tests.Connections;
using CountingKit.Web.Tests.EndToEnd;
using CountingKit.Web.Tests.Exporters;
using CountingKit.Web.Tests.History;
using CountingKit.Web.Tests.Runs;
using CountingKit.Web.Tests.Schedules;
using CountingKit.Web.Tests.Settings;
using CountingKit.Web.Tests.Spreadsheets;
using CountingKit.Web.Tests.Styleguide;

namespace CountingKit.Web.Tests.Security;

/// <summary>Nothing that a person can enter, tick or press is dropped on the way.</summary>
public sealed partial class BoundFields(NeighborsOnFiles neighbors) : IClassFixture<NeighborsOnFiles>
{
    private static readonly string[] OfTheFrame = ["__RequestVerificationToken"];

    /// <summary>Whose forms stand on no page here: why not, and the test that fills in the page's own form where it stands.</summary>
    private static readonly Dictionary<string, (string Why, string Where)> Elsewhere = new()
    {
        ["POST /setup"] = ("there is an owner", nameof(SettingUp)),
        ["POST /connections/connect"] = ("there is no Xero app", nameof(ConnectingAnOrganization)),
        ["POST /connections/xero/sign-ins/{signInId:guid}"] = ("nobody comes back from Xero", nameof(ConnectingAnOrganization)),
        ["POST /connections/{connectionId:guid}/resume"] = ("it is not paused", nameof(ConnectionPages)),
        ["POST /spreadsheets/google"] = ("there is no Google client", nameof(ConnectingAGoogleSheet)),
        ["POST /spreadsheets/connect/{accountId:guid}/create"] = ("a service account owns no storage", nameof(ConnectingAGoogleSheet)),
        ["POST /spreadsheets/accounts/{accountId:guid}/reconnect"] = ("it is no person's account", nameof(ConnectingAGoogleSheet)),
        ["POST /spreadsheets/{spreadsheetKey:guid}/account"] = ("its account is connected", nameof(EndingGoogleAccounts)),
        ["POST /exporters/{exporterId:guid}/resume"] = ("it is not paused", nameof(ExporterPages)),
        ["POST /exporters/{exporterId:guid}/schedules/{scheduleId:guid}/resume"] = ("it is not paused", nameof(SchedulePages)),
        ["POST /exporters/schedules/resume-all"] = ("they are not paused", nameof(SchedulePages)),
        ["POST /runs/{runId:guid}/cancel"] = ("the run has ended", nameof(RunsAndReplays)),
        ["POST /runs/{runId:guid}/replay"] = ("the run has no data", nameof(RunsAndReplays)),
        ["POST /runs/{runId:guid}/download"] = ("the run has no rows", nameof(Downloads)),
        ["POST /styleguide"] = ("the portal is not in Development", nameof(StyleguidePages)),
        ["POST /settings/set-aside/older-log"] = ("the log is no older one", nameof(OlderLog)),
        ["POST /settings/set-aside/try-again"] = ("nothing is set aside", nameof(SetAsideSettings)),
    };

    [Fact]
    public async Task Every_field_of_every_form_is_taken_by_what_it_is_sent_to()
    {
        var owner = await neighbors.Portal.Owner();
        var routes = FieldsOfRoute.Of(neighbors.Portal);
        var (seen, forms) = (new HashSet<string>(), new HashSet<string>());

        foreach (var route in routes.Where(r => r is { Method: "GET", IsApi: false } && !r.Pattern.EndsWith("/live", StringComparison.Ordinal)))
        {
            var page = await owner.Get(route.Address(neighbors.Own.Names()));
            foreach (var form in page.Document.QuerySelectorAll("form").OfType<IHtmlFormElement>())
                foreach (var (method, path) in Targets(form))
                {
                    var target = routes.SingleOrDefault(r => r.Matches(method, path.Split('?')[0]));
                    target.Should().NotBeNull("{0} {1} of {2} leads somewhere", method, path, route.Name);
                    forms.Add(target!.Name);
                    foreach (var field in Sent(form, path))
                    {
                        target.Fields.Should().Contain(
                            each => string.Equals(each, field, StringComparison.OrdinalIgnoreCase), "{0} on {1} is sent to {2}", field, route.Name, target.Name);
                        seen.Add($"{target.Name} {field}");
                    }
                }
        }

        seen.Count.Should().BeGreaterThan(30);
        var posts = routes.Where(r => r is { Method: "POST", IsApi: false }).Select(r => r.Name).ToList();
        posts.Except(forms).Except(Elsewhere.Keys).Should().BeEmpty("a form that is on no page was not looked at");
        Elsewhere.Keys.Should().BeSubsetOf(posts);
    }

    /// <summary>Wherever the form is sent: by itself, by its buttons, and by htmx from within it.</summary>
    private static IEnumerable<(string Method, string Path)> Targets(IHtmlFormElement form)
    {
        var method = form.GetAttribute("method")?.ToUpperInvariant() ?? "GET";
        return form.QuerySelectorAll("[formaction]").Select(e => e.GetAttribute("formaction"))
            .Concat(form.QuerySelectorAll("[hx-post]").Select(e => e.GetAttribute("hx-post")))
            .Append(form.GetAttribute("action")).Append(form.GetAttribute("hx-post")).OfType<string>().Distinct()
            .Select(path => (method, path));
    }

    private static IEnumerable<string> Sent(IHtmlFormElement form, string path) =>
        form.Elements.Where(e => BelongsTo(e, path)).Select(e => e.GetAttribute("name")).OfType<string>().Except(OfTheFrame)
            .Select(field => Number().Replace(field, "[0]"));

    /// <summary>A button's name goes where the button sends the form.</summary>
    private static bool BelongsTo(IElement field, string path) =>
        field is not IHtmlButtonElement || (field.GetAttribute("formaction") ?? path) == path;

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Number();
}
