using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.GoogleSheets;

/// <summary>One sandbox for a class of tests.</summary>
public sealed class SharedSandbox : IAsyncLifetime
{
    public SandboxProcess Process { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Process = await SandboxProcess.Start("--Organizations=1", "--Invoices=1", "--Limits=off");

    public async Task DisposeAsync() => await Process.DisposeAsync();
}

/// <summary>The adapter at work on the stand-in for Google; each test signs in and works in a spreadsheet of its own.</summary>
internal sealed class SandboxedSheets : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly SandboxProcess sandbox;

    private SandboxedSheets(SandboxProcess sandbox, TimeProvider time, string scopes) =>
        (this.sandbox, Wired) = (sandbox, new(sandbox.Google.AbsoluteUri, time, scopes));

    public WiredSheets Wired { get; }

    public ISpreadsheets Sheets => Wired.Sheets;

    public string FileId { get; private set; } = "";

    /// <summary>Signed in as a person, with a new spreadsheet.</summary>
    public static async Task<SandboxedSheets> Start(SandboxProcess sandbox)
    {
        var test = new SandboxedSheets(sandbox, TimeProvider.System, "drive.file");
        var tokens = await test.SignIn();
        await test.Wired.Accounts.Keep(Writes.Account, tokens, tokens.Email!, tokens.Subject!, default);
        var made = await test.Sheets.Create(Writes.Account, "Books", Guid.CreateVersion7(), "en_GB", default);
        test.FileId = made.SpreadsheetId;
        return test;
    }

    /// <summary>As a service account, with a person's spreadsheet that is not shared yet.</summary>
    public static async Task<(SandboxedSheets Test, string Email)> StartAsRobot(SandboxProcess sandbox)
    {
        var test = new SandboxedSheets(sandbox, TimeProvider.System, "drive.file");
        var json = await sandbox.Control.Post("_/google/service-accounts", new { });
        using var key = ServiceAccountKey.Parse(json!.ToJsonString(), test.Wired.Options);
        await test.Wired.Accounts.Keep(Writes.Account, key, default);
        var file = await sandbox.Control.Post("_/google/spreadsheets", new { title = "Theirs", owner = "pat@example.com" });
        test.FileId = (string)file!["spreadsheetId"]!;
        return (test, key.ClientEmail);
    }

    /// <summary>As a service account, with a person's spreadsheet that it may edit and does not own.</summary>
    public static async Task<SandboxedSheets> StartAsEditor(SandboxProcess sandbox)
    {
        var (test, email) = await StartAsRobot(sandbox);
        await sandbox.Control.Post("_/google/share", new { spreadsheetId = test.FileId, email, role = "writer" });
        return test;
    }

    public WriteRequest Request(
        IReadOnlyList<SheetColumn> columns, IReadOnlyList<CellValue[]> rows, int run, int? sheetId = null)
    {
        var request = Writes.Request(columns, rows, run, sheetId);
        return request with { Tab = request.Tab with { SpreadsheetId = FileId } };
    }

    public async Task<(WritePlan Plan, WriteReceipt Receipt)> Write(WriteRequest request)
    {
        var plan = await Sheets.Gather(await Sheets.Plan(request, default), default);
        var receipt = await Sheets.Commit(plan, default);
        await Sheets.Verify(plan, default);
        return (plan, receipt);
    }

    /// <summary>A person at work in the browser.</summary>
    public Task Type(int sheetId, params object[] cells) =>
        sandbox.Control.Post("_/google/edit", new { spreadsheetId = FileId, sheetId, cells });

    public Task Change(params object[] requests) =>
        sandbox.Control.Post("_/google/edit", new { spreadsheetId = FileId, requests });

    /// <summary>What was entered in a tab's cell, as JSON; null = blank.</summary>
    public async Task<string?> Cell(int sheetId, int row, int column) => (await Tab(sheetId))["cells"]!.AsArray()
        .FirstOrDefault(c => (int)c!["row"]! == row && (int)c["col"]! == column)?["userEnteredValue"]!.ToJsonString(Readable);

    public async Task<JsonNode> Tab(int sheetId)
    {
        var content = await sandbox.Control.Get<JsonNode>($"_/google/spreadsheets/{FileId}");
        return content["tabs"]!.AsArray().Single(t => (int)t!["sheetId"]! == sheetId)!;
    }

    /// <summary>The rectangle of the named range whose id begins so; null = there is none.</summary>
    public async Task<JsonNode?> NamedRange(string idStart) =>
        (await sandbox.Control.Get<JsonNode>($"_/google/spreadsheets/{FileId}"))["namedRanges"]!.AsArray()
        .FirstOrDefault(n => ((string)n!["namedRangeId"]!).StartsWith(idStart, StringComparison.Ordinal))?["range"];

    /// <summary>The writes of this spreadsheet that the journal has.</summary>
    public async Task<IReadOnlyList<JournalLine>> Batches() => [.. (await sandbox.Control.Journal())
        .Where(l => l.Write && l.Path.EndsWith($"{FileId}:batchUpdate", StringComparison.Ordinal))];

    public ValueTask DisposeAsync() => Wired.DisposeAsync();

    private async Task<GoogleTokens> SignIn()
    {
        var request = new GoogleSignInRequest(
            new("http://localhost:5000/google/callback"), "state1", Pkce.NewVerifier());
        var url = Wired.OAuth.AuthorizeUrl(request);
        using var page = await sandbox.GoogleHttp.GetAsync(url);
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        var asked = HttpUtility.ParseQueryString(url.Query);
        var fields = asked.AllKeys.Select(k => KeyValuePair.Create(k!, asked[k]!))
            .Concat(asked["scope"]!.Split(' ').Select(s => KeyValuePair.Create("grant",
                s == "email" ? "https://www.googleapis.com/auth/userinfo.email" : s)))
            .Append(new("account", "dana.reyes@example.com")).Append(new("decision", "allow"));
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await sandbox.GoogleHttp.PostAsync("o/oauth2/v2/auth", form);
        var back = HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        back["state"].Should().Be("state1");
        return await Wired.OAuth.Exchange(back["code"]!, request, default);
    }
}
