using System.Net;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Newtonsoft.Json;
using static CountingKit.Tests.GoogleSheets.Writes;
using Spreadsheet = Google.Apis.Sheets.v4.Data.Spreadsheet;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>The commit against a server whose answers get lost, come late, or refuse.</summary>
[Trait("Speed", "Slow")]
public sealed class CommittedWrites : IAsyncLifetime
{
    private static readonly SheetColumn[] Three = [Number, Date, Total];

    private readonly ImpatientTime time = new();
    private readonly Queue<Func<Answer>> onBatch = new();
    private readonly List<string> batches = [];
    private readonly Spreadsheet file = Blank();
    private bool readsFail;

    /// <summary>When Google carries out what it turned away last.</summary>
    private DateTimeOffset? lands;
    private LoopbackServer server = null!;
    private WiredSheets wired = null!;

    public async Task InitializeAsync()
    {
        server = await LoopbackServer.Start(Google);
        wired = new WiredSheets(server.Url, time);
        await wired.Connect();
    }

    public async Task DisposeAsync()
    {
        await wired.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_write_that_is_answered_takes_one_call()
    {
        onBatch.Enqueue(Carry);

        var receipt = await Write();

        receipt.Should().BeEquivalentTo(new { Calls = 1, WasThere = false, TabTitle = "Invoices" });
        server.Requests.Single(r => r.Target.EndsWith(":batchUpdate", StringComparison.Ordinal)).WasCompressed.Should().BeTrue();
    }

    [Fact]
    public async Task An_answer_that_is_lost_after_the_write_is_found_by_the_stamp()
    {
        onBatch.Enqueue(() => { Carry(); return Answer.Drop; });

        var receipt = await Write();

        receipt.Should().BeEquivalentTo(new { Calls = 2, WasThere = true });
        batches.Should().ContainSingle();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task What_did_not_land_is_sent_again_unchanged(int status)
    {
        onBatch.Enqueue(() => status == 0 ? Answer.Drop : new(status, "<html>sorry</html>", "text/html"));
        onBatch.Enqueue(Carry);

        var receipt = await Write();

        receipt.Should().BeEquivalentTo(new { Calls = 3, WasThere = false });
        batches.Should().HaveCount(2);
        batches[1].Should().Be(batches[0]);
    }

    [Fact]
    public async Task A_refusal_because_it_landed_before_is_a_success()
    {
        onBatch.Enqueue(() =>
        {
            Carry();
            return Answer.Error(400, "INVALID_ARGUMENT", "Invalid requests[0].addSheet: A sheet with this id already exists.");
        });

        (await Write()).WasThere.Should().BeTrue();
    }

    [Fact]
    public async Task The_same_run_planned_again_after_it_landed_writes_nothing()
    {
        onBatch.Enqueue(Carry);
        await Write();

        var again = await Write();

        again.Should().BeEquivalentTo(new { Calls = 0, WasThere = true });
        batches.Should().ContainSingle();
    }

    [Fact]
    public async Task A_limit_is_waited_out_as_long_as_Google_asks()
    {
        onBatch.Enqueue(() => Answer.Error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.") with
        {
            Headers = new Dictionary<string, string> { ["Retry-After"] = "30" },
        });
        onBatch.Enqueue(() => Answer.Error(429, "RESOURCE_EXHAUSTED", "Quota exceeded."));
        onBatch.Enqueue(Carry);

        var receipt = await Write();

        receipt.Calls.Should().Be(3, "a refusal at a limit is certain: the stamp is not asked");
        time.Waits[0].Should().Be(TimeSpan.FromSeconds(30));
        time.Waits[1].Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Patience_at_a_limit_ends_after_eight_attempts()
    {
        for (var i = 0; i < 8; i++) onBatch.Enqueue(() => Answer.Error(429, "RESOURCE_EXHAUSTED", "Quota exceeded."));

        var write = () => Write();

        var refused = (await write.Should().ThrowAsync<SpreadsheetException>()).Which;
        (refused.Problem, refused.Code).Should().Be((SpreadsheetProblem.Unavailable, "CK-GOOGLE-03"));
        batches.Should().HaveCount(8);
        time.Waits.Should().OnlyContain(w => w <= TimeSpan.FromSeconds(64));
    }

    [Fact]
    public async Task Five_outages_in_a_row_end_as_not_written()
    {
        for (var i = 0; i < 5; i++) onBatch.Enqueue(() => new(503, ""));

        var write = () => Write();

        var refused = (await write.Should().ThrowAsync<SpreadsheetException>()).Which;
        (refused.Problem, refused.Code).Should().Be((SpreadsheetProblem.Unavailable, "CK-GOOGLE-04"));
        onBatch.Should().BeEmpty();
    }

    [Fact]
    public async Task A_write_that_arrives_after_the_last_outage_was_told_is_not_told_as_not_written()
    {
        for (var i = 0; i < 4; i++) onBatch.Enqueue(() => new(503, ""));
        onBatch.Enqueue(() => { lands = time.GetUtcNow().AddMinutes(2); return new(503, ""); });

        (await Write()).WasThere.Should().BeTrue();
    }

    [Fact]
    public async Task In_a_lane_an_outage_that_says_when_is_not_told_before_the_stamp_can_tell()
    {
        wired.InALane();
        onBatch.Enqueue(() =>
        {
            lands = time.GetUtcNow().AddMinutes(2);
            return new(503, "") { Headers = new Dictionary<string, string> { ["Retry-After"] = "30" } };
        });

        (await Write()).WasThere.Should().BeTrue();
    }

    [Fact]
    public async Task When_the_stamp_cannot_be_read_the_outcome_is_unknown()
    {
        onBatch.Enqueue(() => { readsFail = true; return Answer.Drop; });

        var write = () => Write();

        (await write.Should().ThrowAsync<SpreadsheetException>()).Which.Problem
            .Should().Be(SpreadsheetProblem.OutcomeUnknown);
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT", "Invalid requests[0].addSheet: This action would increase the number of cells in "
        + "the workbook above the limit of 10000000 cells.", "[]", SpreadsheetProblem.Refused, "CK-SHEET-02")]
    [InlineData(400, "INVALID_ARGUMENT", "You are trying to edit a protected cell or object.", "[]",
        SpreadsheetProblem.Refused, "CK-SHEET-03")]
    [InlineData(400, "FAILED_PRECONDITION", "This operation is not supported for this document", "[]",
        SpreadsheetProblem.Refused, "CK-GOOGLE-08")]
    [InlineData(400, "INVALID_ARGUMENT", "Invalid requests[3].x", "[]", SpreadsheetProblem.Refused, "CK-GOOGLE-09")]
    [InlineData(403, "PERMISSION_DENIED", "The caller does not have permission", "[]",
        SpreadsheetProblem.NoAccess, "CK-GOOGLE-01")]
    [InlineData(403, "PERMISSION_DENIED", "You are trying to edit a protected cell or object.", "[]",
        SpreadsheetProblem.Refused, "CK-SHEET-03")]
    [InlineData(403, "PERMISSION_DENIED", "Google Sheets API has not been used", """[{"reason":"SERVICE_DISABLED"}]""",
        SpreadsheetProblem.Configuration, "CK-GOOGLE-06")]
    [InlineData(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.",
        """[{"reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]""", SpreadsheetProblem.SignInExpired, "CK-GOOGLE-AUTH-02")]
    [InlineData(404, "NOT_FOUND", "Requested entity was not found.", "[]", SpreadsheetProblem.NoAccess, "CK-GOOGLE-02")]
    [InlineData(413, "", "too large", "[]", SpreadsheetProblem.Refused, "CK-SHEET-01")]
    public async Task A_refusal_is_final_and_told_in_our_words(
        int status, string state, string message, string details, SpreadsheetProblem problem, string code)
    {
        onBatch.Enqueue(() => Answer.Error(status, state, message, details));

        var write = () => Write();

        var refused = (await write.Should().ThrowAsync<SpreadsheetException>()).Which;
        (refused.Problem, refused.Code).Should().Be((problem, code));
        refused.Message.Should().NotContain(message);
        batches.Should().ContainSingle();
    }

    private async Task<WriteReceipt> Write()
    {
        var request = Request(Three, [Row("A1", new(2024, 1, 31), 1m)]);
        return await wired.Sheets.Commit(await wired.Sheets.Plan(request, default), default);
    }

    /// <summary>As if Google had carried the batch out.</summary>
    private Answer Carry()
    {
        var batch = JsonConvert.DeserializeObject<BatchUpdateSpreadsheetRequest>(batches[^1])!;
        var tab = new Sheet { Properties = batch.Requests[0].AddSheet.Properties, DeveloperMetadata = [] };
        foreach (var metadata in batch.Requests.Select(r => r.CreateDeveloperMetadata?.DeveloperMetadata).OfType<DeveloperMetadata>())
            tab.DeveloperMetadata.Add(metadata);
        file.Sheets.Add(tab);
        return Answer.Json("""{"replies":[]}""");
    }

    private Answer Google(Received request)
    {
        if (request.Target == "/token") return Answer.Json("""{"access_token":"at","expires_in":3599}""");
        if (request.Target.EndsWith(":batchUpdate", StringComparison.Ordinal))
        {
            batches.Add(request.Body);
            return onBatch.Dequeue()();
        }
        if (lands <= time.GetUtcNow())
        {
            lands = null;
            Carry();
        }

        return readsFail ? new((int)HttpStatusCode.ServiceUnavailable, "") : Answer.Json(JsonConvert.SerializeObject(file));
    }
}
