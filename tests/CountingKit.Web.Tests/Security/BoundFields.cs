using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace CountingKit.Web.Tests.Security;

/// <summary>Nothing that a person can enter, tick or press is dropped on the way.</summary>
public sealed partial class BoundFields(NeighborsOnFiles neighbors) : IClassFixture<NeighborsOnFiles>
{
    private static readonly string[] OfTheFrame = ["__RequestVerificationToken"];

    [Fact]
    public async Task Every_field_of_every_form_is_taken_by_what_it_is_sent_to()
    {
        var owner = await neighbors.Portal.Owner();
        var routes = FieldsOfRoute.Of(neighbors.Portal);
        var seen = new HashSet<string>();

        foreach (var route in routes.Where(r => r is { Method: "GET", IsApi: false } && !r.Pattern.EndsWith("/live", StringComparison.Ordinal)))
        {
            var page = await owner.Get(route.Address(neighbors.Own.Names()));
            foreach (var form in page.Document.QuerySelectorAll("form").OfType<IHtmlFormElement>())
                foreach (var (method, path, field) in Sent(form))
                {
                    var target = routes.SingleOrDefault(r => r.Matches(method, path));
                    target.Should().NotBeNull("{0} {1} of {2} leads somewhere", method, path, route.Name);
                    target!.Fields.Should().Contain(
                        each => string.Equals(each, field, StringComparison.OrdinalIgnoreCase), "{0} on {1} is sent to {2}", field, route.Name, target.Name);
                    seen.Add($"{target.Name} {field}");
                }
        }

        seen.Count.Should().BeGreaterThan(30);
    }

    private static IEnumerable<(string Method, string Path, string Field)> Sent(IHtmlFormElement form)
    {
        var method = form.GetAttribute("method")?.ToUpperInvariant() ?? "GET";
        var paths = form.QuerySelectorAll("[formaction]").Select(e => e.GetAttribute("formaction"))
            .Append(form.GetAttribute("action")).Append(form.GetAttribute("hx-post")).OfType<string>().Distinct();
        foreach (var path in paths)
            foreach (var field in form.Elements.Where(e => BelongsTo(e, path)).Select(e => e.GetAttribute("name")).OfType<string>().Except(OfTheFrame))
                yield return (method, path.Split('?')[0], Number().Replace(field, "[0]"));
    }

    /// <summary>A button's name goes where the button sends the form.</summary>
    private static bool BelongsTo(IElement field, string path) =>
        field is not IHtmlButtonElement || (field.GetAttribute("formaction") ?? path) == path;

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Number();
}
