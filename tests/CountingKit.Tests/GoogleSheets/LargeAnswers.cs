using CountingKit.Spreadsheets;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>Answers of Google that unpack to more than memory should hold.</summary>
public sealed class LargeAnswers
{
    private readonly ImpatientTime time = new();

    [Fact]
    public async Task A_spreadsheet_ends_at_64_megabytes_and_is_not_asked_for_again()
    {
        await using var server = await LoopbackServer.Start(request => request.Target == "/token"
            ? Answer.Json("""{"access_token":"at","expires_in":3599}""")
            : new Answer(200, "") { PackedMegabytes = 900 });
        await using var wired = new WiredSheets(server.Url, time);
        await wired.Connect();

        var inspect = () => wired.Sheets.Inspect(Account, "s", default);

        (await inspect.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-20");
        server.Requests.Count(r => r.Target != "/token").Should().Be(1);
    }

    [Fact]
    public async Task An_error_is_judged_by_its_status_however_much_it_says()
    {
        await using var server = await LoopbackServer.Start(request => request.Target == "/token"
            ? Answer.Json("""{"access_token":"at","expires_in":3599}""")
            : new Answer(404, "") { PackedMegabytes = 200 });
        await using var wired = new WiredSheets(server.Url, time);
        await wired.Connect();

        var inspect = () => wired.Sheets.Inspect(Account, "s", default);

        (await inspect.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-02");
    }

    [Fact]
    public async Task A_token_ends_at_one_megabyte()
    {
        // Behind the blanks stands a token that would do, and with it the spreadsheet would be a missing one.
        await using var server = await LoopbackServer.Start(request => request.Target == "/token"
            ? new Answer(200, """{"access_token":"at","expires_in":3599}""") { PackedMegabytes = 2 }
            : new Answer(404, ""));
        await using var wired = new WiredSheets(server.Url, time);
        await wired.Connect();

        var inspect = () => wired.Sheets.Inspect(Account, "s", default);

        (await inspect.Should().ThrowAsync<SpreadsheetException>()).Which.Problem.Should().Be(SpreadsheetProblem.Unavailable);
        server.Requests.Should().NotBeEmpty().And.OnlyContain(r => r.Target == "/token");
    }
}
