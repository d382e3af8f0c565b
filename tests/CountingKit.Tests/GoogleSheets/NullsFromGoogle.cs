using CountingKit.Spreadsheets;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>Where an object should be there is none: told as Google being out of order, never as a mistake of ours.</summary>
public sealed class NullsFromGoogle
{
    [Theory]
    [InlineData("null", "null", false)]
    [InlineData("{}", "null", false)]
    [InlineData("""{"properties":null,"sheets":null}""", "{}", false)]
    [InlineData("""{"properties":{"title":"Books"},"sheets":[null]}""", """{"version":null,"capabilities":null}""", true)]
    [InlineData("""{"properties":{"title":"Books"},"sheets":[{"properties":null}]}""", "{}", true)]
    [InlineData("""{"properties":{"title":"Books"},"sheets":null}""", "null", false)]
    public async Task Nothing_is_an_answer_or_a_passing_failure(string spreadsheet, string file, bool isAnswer)
    {
        await using var server = await LoopbackServer.Start(request => Answer.Json(request.Target switch
        {
            "/token" => """{"access_token":"at","expires_in":3599}""",
            var target when target.StartsWith("/drive/", StringComparison.Ordinal) => file,
            _ => spreadsheet,
        }));
        await using var wired = new WiredSheets(server.Url, new ImpatientTime());
        await wired.Connect();

        var inspect = () => wired.Sheets.Inspect(Account, "s", default);

        if (isAnswer) (await inspect()).Tabs.Should().BeEmpty();
        else (await inspect.Should().ThrowAsync<SpreadsheetException>()).Which.Problem.Should().Be(SpreadsheetProblem.Unavailable);
    }
}
