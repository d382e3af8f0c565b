using CountingKit.Spreadsheets;
using static CountingKit.Tests.GoogleSheets.Writes;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>What Drive says of a spreadsheet, and what becomes of a run when Drive says no or nothing at all.</summary>
public sealed class FilesAtDrive : IAsyncLifetime
{
    private const string DriveOff = """
        {"error":{"code":403,"status":"PERMISSION_DENIED","message":"Google Drive API has not been used in project 12 before or it is disabled.",
        "details":[{"reason":"SERVICE_DISABLED","metadata":{"service":"drive.googleapis.com"}}]}}
        """;

    private readonly ImpatientTime time = new();
    private Func<Received, Answer?> special = _ => null;
    private LoopbackServer server = null!;
    private WiredSheets wired = null!;

    public async Task InitializeAsync()
    {
        server = await LoopbackServer.Start(request => special(request) ?? Google(request));
        wired = new WiredSheets(server.Url, time);
        await wired.Connect();
    }

    public async Task DisposeAsync()
    {
        await wired.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_file_in_the_trash_is_told_as_such_and_not_as_one_that_may_not_be_edited()
    {
        special = OnDrive(Answer.Json("""{"id":"x","version":"9","trashed":true,"capabilities":{"canEdit":true}}"""));

        (await wired.Sheets.StateOfFile(Account, FileId, default)).Should().Be(new FileState(9, IsInTrash: true));
        (await wired.Sheets.Inspect(Account, FileId, default)).Should().BeEquivalentTo(new { CanEdit = true, IsInTrash = true });
    }

    [Fact]
    public async Task Whoever_waits_for_a_page_is_told_that_Google_does_not_answer_before_all_patience_with_it_is_at_its_end()
    {
        var asked = 0;
        special = request =>
        {
            if (!request.Target.StartsWith("/v4/", StringComparison.Ordinal)) return null;
            if (Interlocked.Increment(ref asked) == 3) time.EndPatience!();
            return Answer.Error(503, "UNAVAILABLE", "Later.");
        };

        foreach (var act in (Func<Task>[])
            [
                () => wired.Sheets.Inspect(Account, FileId, default),
                () => wired.Sheets.Create(Account, "Books", Run(1), "en_GB", default),
            ])
        {
            asked = 0;
            (await act.Should().ThrowAsync<SpreadsheetException>()).Which.Code.Should().Be("CK-GOOGLE-04");
            asked.Should().Be(3);
        }

        special = _ => Answer.Error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.") with
        {
            Headers = new Dictionary<string, string> { ["Retry-After"] = "60" },
        };
        (await Refusal(() => wired.Sheets.Inspect(Account, FileId, default))).Code.Should().Be("CK-GOOGLE-03", "that is known at once");
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(200)]
    public async Task Where_Drive_refuses_nothing_is_known_of_the_file_and_Sheets_goes_on(int status)
    {
        special = OnDrive(new(status, status == 403 ? DriveOff : "null"));

        (await wired.Sheets.StateOfFile(Account, FileId, default)).Should().Be(FileState.Unknown);
        (await wired.Sheets.Inspect(Account, FileId, default)).Should().BeEquivalentTo(new { Title = "Books", CanEdit = true });
    }

    [Fact]
    public async Task Creating_a_spreadsheet_names_the_Drive_API_and_where_it_is_switched_on()
    {
        special = OnDrive(new(403, DriveOff));

        var refused = await Refusal(() => wired.Sheets.Create(Account, "Books", Run(1), null, default));

        (refused.Problem, refused.Code).Should().Be((SpreadsheetProblem.Configuration, "CK-GOOGLE-10"));
        refused.Message.Should().StartWith("The Google Drive API is switched off.")
            .And.Contain(" https://console.cloud.google.com/apis/library/drive.googleapis.com ");
    }

    [Theory]
    [InlineData("The user's Drive storage quota has been exceeded.", "CK-GOOGLE-11")]
    [InlineData("Service Accounts do not have storage quota.", "CK-GOOGLE-07")]
    public async Task Whose_Drive_is_full_is_told_when_a_file_is_made(string message, string code)
    {
        special = request => request is { Method: "POST", Target: ['/', 'd', 'r', ..] } ? Full(message) : null;

        (await Refusal(() => wired.Sheets.Create(Account, "Books", Run(1), null, default))).Code.Should().Be(code);
    }

    [Fact]
    public async Task A_write_that_the_owners_full_Drive_refuses_says_whose_it_is()
    {
        special = request => request.Target.EndsWith(":batchUpdate", StringComparison.Ordinal)
            ? Full("The user's Drive storage quota has been exceeded.") : null;
        var plan = await wired.Sheets.Plan(Request([Number], []), default);

        var refused = await Refusal(() => wired.Sheets.Commit(plan, default));

        (refused.Code, refused.Message).Should().Be(("CK-GOOGLE-12",
            "The Google Drive of the spreadsheet's owner is full. Nothing was written. The owner of the file must free some "
            + "storage; who that is, Share in Google Sheets tells."));
    }

    [Fact]
    public async Task The_address_for_people_is_made_from_the_id_whatever_an_answer_says()
    {
        special = request => request.Target.StartsWith("/v4/spreadsheets/", StringComparison.Ordinal) && request.Method == "GET"
            ? Answer.Json($$$"""{"spreadsheetId":"{{{FileId}}}","spreadsheetUrl":"javascript:alert(1)","properties":{"title":"Books"}}""")
            : null;

        (await wired.Sheets.Inspect(Account, FileId, default)).Url.Should().Be($"{server.Url}spreadsheets/d/{FileId}/edit");
        new CountingKit.Adapters.GoogleSheets.GoogleOptions().AddressOf("a b").Should()
            .Be("https://docs.google.com/spreadsheets/d/a%20b/edit");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("<html>")]
    public async Task An_answer_that_holds_nothing_is_a_passing_trouble_everywhere(string body)
    {
        special = request => request.Target == "/token" ? null : Answer.Json(body);
        Func<Task>[] calls =
        [
            () => wired.Sheets.Inspect(Account, FileId, default),
            () => wired.Sheets.Create(Account, "Books", Run(1), null, default),
            () => wired.Sheets.Plan(Request([Number], []), default),
            () => wired.Sheets.ReadStamp(new(Account, FileId, Exporter, null), default),
            () => wired.Sheets.StillHolds(Request([Number], []), default),
        ];

        foreach (var call in calls)
            (await Refusal(call)).Code.Should().Be("CK-GOOGLE-04");
    }

    [Fact]
    public async Task Gaps_in_what_a_spreadsheet_consists_of_are_nothing_and_no_crash()
    {
        special = request => request.Target.StartsWith("/v4/spreadsheets/", StringComparison.Ordinal) && request.Method == "GET"
            ? Answer.Json($$$"""
                {"spreadsheetId":"{{{FileId}}}","properties":null,"namedRanges":[null],"developerMetadata":null,
                "sheets":[null,{"properties":null},{"properties":{"sheetId":1,"title":null,"gridProperties":null},
                "merges":[null],"tables":[null],"charts":[null],"bandedRanges":[null],"slicers":[null],"filterViews":[null],
                "conditionalFormats":[null],"protectedRanges":[null],"developerMetadata":[null]}]}
                """)
            : null;

        (await wired.Sheets.Inspect(Account, FileId, default)).Tabs.Should().ContainSingle();
        (await wired.Sheets.Plan(Request([Number], []), default)).CreatesTab.Should().BeTrue();
    }

    private static Func<Received, Answer?> OnDrive(Answer answer) =>
        request => request.Target.StartsWith("/drive/", StringComparison.Ordinal) ? answer : null;

    private static Answer Full(string message) => new(403,
        $$$"""{"error":{"code":403,"message":"{{{message}}}","errors":[{"domain":"usageLimits","reason":"storageQuotaExceeded"}]}}""");

    private static async Task<SpreadsheetException> Refusal(Func<Task> act) =>
        (await act.Should().ThrowAsync<SpreadsheetException>()).Which;

    private static Answer Google(Received request) => request.Target switch
    {
        "/token" => Answer.Json("""{"access_token":"at","expires_in":3599}"""),
        ['/', 'd', 'r', ..] => Answer.Json("""{"id":"x","version":"7","capabilities":{"canEdit":true},"files":[]}"""),
        _ when request.Target.EndsWith(":batchUpdate", StringComparison.Ordinal) => Answer.Json("""{"replies":[]}"""),
        _ => Answer.Json($$$"""
            {"spreadsheetId":"{{{FileId}}}","properties":{"title":"Books"},
            "sheets":[{"properties":{"sheetId":0,"title":"Sheet1","gridProperties":{"rowCount":10,"columnCount":5} }}]}
            """),
    };
}
