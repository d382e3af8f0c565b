using System.Net;

namespace CountingKit.Web.Tests.Security;

/// <summary>
/// Every field of every form, sent longer than it may be, and every choice that nobody is offered: a "no", and nothing has
/// happened.
/// </summary>
public sealed class FieldsTooLong(NeighborsOnFiles neighbors) : IClassFixture<NeighborsOnFiles>
{
    private const string Unlisted = "banana";

    /// <summary>The form as it was sent, rendered anew: it says what is wrong when it is to be kept.</summary>
    private static readonly string[] Rendered =
        ["POST /exporters/new/form", "POST /exporters/{exporterId:guid}/edit/form", "POST /exporters/preview",
        "POST /exporters/{exporterId:guid}/schedules/new/form", "POST /exporters/{exporterId:guid}/schedules/preview",
        "POST /exporters/{exporterId:guid}/schedules/{scheduleId:guid}/edit/form"];

    /// <summary>What is chosen and not typed.</summary>
    private static readonly string[] Choices =
    [
        "Dataset", "Shown", "Statuses", "Sort", "Columns[0].Key", "Columns[0].Chosen", "Columns[0].Order", "From", "To", "ExporterId",
        "Version", "ConnectionId", "SpreadsheetKey", "commandId", "CommandId", "lookedAt", "LookedAt", "tenants", "Overwrite",
        "OfInstallation", "RememberMe", "Report.Unit", "Report.Range", "Report.Count", "Report.Basis", "Report.Layout", "Report.Totals",
        "Kind", "Every", "Minute", "At", "Days", "Day", "Quarter", "Month", "Zone", "QuietFrom", "QuietTo", "ScheduleId",
    ];

    private readonly FormWalk walk = new(neighbors);

    [Fact]
    public async Task No_field_beyond_its_bound_and_no_choice_that_is_not_offered_is_taken()
    {
        var owner = await neighbors.Portal.Owner();
        var token = await FormWalk.Token(owner);
        var before = await neighbors.Deeds();
        var asked = 0;

        foreach (var route in walk.Ordered().Where(route => route.Method == "POST"))
            foreach (var field in route.Fields)
                foreach (var value in Values(route, field))
                {
                    var page = await walk.Send(owner, route, token, Fields(route, field, value));

                    if (page.Status != HttpStatusCode.OK || !Rendered.Contains(route.Name))
                        ((int)page.Status).Should().BeInRange(400, 499, "{0}: {1} has {2} characters", route.Name, field, value.Length);
                    (await neighbors.Deeds()).Should().Be(before, "{0}: {1} has {2} characters", route.Name, field, value.Length);
                    page.Text.Should().NotMatchRegex(
                        @"The field |The value ['&]|must be a (string|number)|is not valid for|field is required", "a person reads it");
                    asked++;
                }

        asked.Should().BeGreaterThan(80);
    }

    [Theory]
    [InlineData("POST /exporters/new", "Name", 100, "A name has at most 100 characters.")]
    [InlineData("POST /exporters/new", "Columns[0].Heading", 100, "A heading has at most 100 characters.")]
    [InlineData("POST /exporters/new", "TabTitle", 100, "CK-EXPORTER-12")]
    [InlineData("POST /exporters/{exporterId:guid}/edit", "Name", 100, "A name has at most 100 characters.")]
    [InlineData("POST /connections/{connectionId:guid}/labels", "Alias", 100, "An alias has at most 100 characters.")]
    [InlineData("POST /connections/{connectionId:guid}/labels", "ClientCode", 40, "A client code has at most 40 characters.")]
    [InlineData("POST /connections/{connectionId:guid}/labels", "Tags", 500, "Tags have at most 500 characters together.")]
    [InlineData("POST /spreadsheets/connect/{accountId:guid}/link", "Link", 500, "A link has at most 500 characters.")]
    [InlineData("POST /spreadsheets/connect/{accountId:guid}/check", "Link", 500, "A link has at most 500 characters.")]
    public async Task One_character_too_many_is_said_at_its_field(string name, string field, int most, string message)
    {
        var owner = await neighbors.Portal.Owner();
        var token = await FormWalk.Token(owner);
        var before = await neighbors.Deeds();
        var route = walk.Ordered().Single(each => each.Name == name);
        route.Fields.Should().Contain(field);

        var page = await walk.Send(owner, route, token, Fields(route, field, new string('x', most + 1)));

        page.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        page.Document.QuerySelectorAll(".invalid-feedback").Select(e => e.TextContent)
            .Should().Contain(text => text.Contains(message, StringComparison.Ordinal));
        (await neighbors.Deeds()).Should().Be(before);
    }

    /// <summary>Only what is filled in; and where the address names the exporter, the form names no other.</summary>
    private IEnumerable<(string Name, string Encoded)> Fields(FieldsOfRoute route, string odd, string value) =>
        walk.Fields(route, odd, [value]).Where(field => field.Encoded.Length > 0
            && (field.Name == odd || field.Name != "ExporterId" || !route.Pattern.Contains("{exporterId", StringComparison.Ordinal)));

    private static IEnumerable<string> Values(FieldsOfRoute route, string field)
    {
        yield return new string('x', LengthFor(route));
        if (Choices.Contains(field)) yield return Unlisted;
    }

    /// <summary>Beyond every bound of a field, and within that of the form.</summary>
    private static int LengthFor(FieldsOfRoute route) => route.Pattern switch
    {
        "/sign-in" or "/setup" or "/restore" => 30_000,
        "/spreadsheets/service-account" or "/spreadsheets/accounts/{accountId:guid}/key" => 60_000,
        _ => 100_000,
    };
}
