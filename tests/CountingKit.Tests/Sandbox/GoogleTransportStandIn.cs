using System.IO.Compression;
using System.Net;
using System.Text;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

public sealed class GoogleTransportStandIn : IAsyncLifetime
{
    private SandboxProcess sandbox = null!;

    public async Task InitializeAsync() => sandbox = await SandboxProcess.Start("--Organizations=1", "--Invoices=5");

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    [Fact]
    public async Task Zipped_bodies_encoded_ranges_and_overridden_methods_are_understood()
    {
        var app = await GoogleApp.SignedIn(sandbox);
        var id = await app.Spreadsheet((1, "Bill's / 50%", 3, 3));
        const string range = "%27Bill%27%27s%20%2F%2050%25%27%21A1";
        using var zipped = new ByteArrayContent(Zip("""{"values":[["zipped"]]}"""));
        zipped.Headers.ContentEncoding.Add("gzip");
        zipped.Headers.ContentType = new("application/json");

        await app.Put($"v4/spreadsheets/{id}/values/{range}?valueInputOption=RAW", zipped);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"v4/spreadsheets/{id}/values/{range}") { Content = new StringContent(
            "valueRenderOption=FORMULA") };
        request.Headers.Add("X-HTTP-Method-Override", "GET");
        request.Headers.Authorization = new("Bearer", app.AccessToken);
        using var answer = await sandbox.GoogleHttp.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("""[["zipped"]]""");
    }

    [Fact]
    public async Task Without_a_good_token_the_answer_is_401()
    {
        var app = new GoogleApp(sandbox);

        var missing = await app.Send(HttpMethod.Get, "v4/spreadsheets/x");
        app.AccessToken = "invented";
        var wrong = await app.Send(HttpMethod.Get, "v4/spreadsheets/x");

        (missing.Status, wrong.Status).Should().Be((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized));
        ((string)wrong.Json["error"]!["message"]!).Should()
            .StartWith("Request had invalid authentication credentials.");
    }

    [Fact]
    public async Task Access_tokens_die_after_an_hour_of_the_stand_ins_clock()
    {
        var app = await GoogleApp.SignedIn(sandbox);
        var id = await app.Spreadsheet((1, "A", 3, 3));

        await sandbox.Control.Advance(TimeSpan.FromHours(1));

        (await app.Send(HttpMethod.Get, $"v4/spreadsheets/{id}")).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await app.Token(GoogleApp.Refresh(app.RefreshToken))).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_quota_of_a_minute_is_429_and_refilled_by_the_next()
    {
        await sandbox.Control.SetClock(new DateTimeOffset(2031, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await sandbox.Control.Post("_/google/settings", new { quota = new { on = true, writePerMinute = 2 } });
        var app = await GoogleApp.SignedIn(sandbox);
        var id = await app.Spreadsheet((1, "A", 3, 3));
        await app.Write(id, "A!A1", [["second"]]);

        var (status, json) = await app.Send(
            HttpMethod.Put, $"v4/spreadsheets/{id}/values/A!A1?valueInputOption=RAW",
            new { values = new[] { new[] { "third" } } });
        await app.Read(id, "A!A1");
        await sandbox.Control.Advance(TimeSpan.FromMinutes(1));
        await app.Write(id, "A!A1", [["next minute"]]);

        status.Should().Be(HttpStatusCode.TooManyRequests);
        ((string)json["error"]!["message"]!).Should().StartWith(
            "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service 'sheets.googleapis.com'");
        ((string)json["error"]!["details"]![0]!["metadata"]!["quota_limit"]!).Should()
            .Be("WriteRequestsPerMinutePerUser");
    }

    [Fact]
    public async Task A_body_over_ten_mebibytes_is_refused()
    {
        var app = await GoogleApp.SignedIn(sandbox);
        var id = await app.Spreadsheet((1, "A", 300, 3));
        var values = Enumerable.Repeat(new[] { new string('x', 49_000) }, 220);

        var (status, json) = await app.Send(
            HttpMethod.Put, $"v4/spreadsheets/{id}/values/A!A1?valueInputOption=RAW", new { values });

        (status, (string)json["error"]!["message"]!).Should()
            .Be((HttpStatusCode.BadRequest, "Request payload size exceeds the limit: 10485760 bytes."));
    }

    [Fact]
    public async Task Spreadsheets_and_sign_ins_survive_a_kill()
    {
        var app = await GoogleApp.SignedIn(sandbox);
        var id = await app.Spreadsheet((1, "A", 2000, 3), (2, "B", 3, 3));
        await app.Write(id, "A!A1:C1200",
            [.. Enumerable.Range(0, 1200).Select(row => new object?[] { row, $"text {row}", row % 2 == 0 })]);
        await app.Write(id, "B!A1", [["=SUM(A!A1:A1200)"]], "USER_ENTERED");
        await app.Batch(id, new { insertDimension = new { range = new { sheetId = 1, dimension = "ROWS",
            startIndex = 700, endIndex = 701 } } });
        var before = (await app.Read(id, "A"), await app.Read(id, "B"), await app.Read(id, "B", "UNFORMATTED_VALUE"));

        await sandbox.KillAndRestart();

        var after = (await app.Read(id, "A"), await app.Read(id, "B"), await app.Read(id, "B", "UNFORMATTED_VALUE"));
        after.Should().Be(before);
        after.Item3.Should().Be("[[719400]]");
    }

    [Fact]
    public async Task The_journal_has_the_hash_of_every_visible_tab_after_each_write()
    {
        var app = await GoogleApp.SignedIn(sandbox);
        var id = await app.Spreadsheet((1, "A", 3, 3), (2, "B", 3, 3));
        await app.Batch(id, new { updateSheetProperties = new { properties = new { sheetId = 2, hidden = true },
            fields = "hidden" } });
        await sandbox.Control.AddFault(new { vendor = "google", pathPattern = "^PUT", kind = "drop-after" });
        await sandbox.Control.EmptyJournal();

        await FluentActions.Awaiting(() => app.Write(id, "A!A1", [["landed"]])).Should()
            .ThrowAsync<HttpRequestException>();
        await app.Read(id, "A!A1");
        await app.Write(id, "B!A1", [["hidden"]]);
        await app.Write(id, "A!A1", [["other"]]);

        var journal = await sandbox.Control.Journal();
        journal.Select(line => (line.Write, line.Status)).Should()
            .Equal((true, 0), (false, 200), (true, 200), (true, 200));
        journal[1].Tabs.Should().BeNull();
        journal[0].Tabs.Should().ContainSingle().Which.Title.Should().Be("A");
        journal[2].Tabs.Should().BeEquivalentTo(journal[0].Tabs);
        journal[3].Tabs![0].Hash.Should().NotBe(journal[0].Tabs![0].Hash);
        journal.Should().OnlyContain(line => line.Account == GoogleApp.Dana);
    }

    [Fact]
    public async Task The_page_of_a_spreadsheet_shows_text_as_text_and_formulas_on_hover()
    {
        var app = await GoogleApp.SignedIn(sandbox);
        var id = await app.Spreadsheet((1, "<b>Data</b>", 300, 3));
        await app.Write(id, "A1:B1", [["<script>alert(1)</script>", "=2+3"]], "USER_ENTERED");

        var html = await sandbox.GoogleHttp.GetStringAsync($"spreadsheets/d/{id}/edit");

        html.Should().Contain("&lt;script&gt;alert(1)&lt;/script&gt;").And.NotContain("<script>").And.NotContain("<b>");
        html.Should().Contain("title=\"=2&#x2B;3\">5</td>");
    }

    [Fact]
    public async Task A_persons_edit_and_a_revoked_grant_come_through_the_control_interface()
    {
        var app = await GoogleApp.SignedIn(sandbox);
        var id = await app.Spreadsheet((1, "A", 3, 3));

        await sandbox.Control.Post(
            "_/google/edit", new { spreadsheetId = id, sheetId = 1,
            cells = new object[] { new { row = 0, col = 0, value = "typed" },
            new { row = 1, col = 0, formula = "=A1" } } });
        var read = await app.Read(id, "A", "UNFORMATTED_VALUE");
        await sandbox.Control.Post($"_/google/grants/{GoogleApp.Dana}/revoke", new { });

        read.Should().Be("""[["typed"],["typed"]]""");
        (await app.Token(GoogleApp.Refresh(app.RefreshToken))).Status.Should().Be(HttpStatusCode.BadRequest);
    }

    private static byte[] Zip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
