using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>An app that a person signs in to at the stand-in, with plain HTTP.</summary>
internal sealed class GoogleApp(SandboxProcess sandbox)
{
    public const string Redirect = "http://localhost:5000/google/callback";
    public const string DriveFile = "https://www.googleapis.com/auth/drive.file";
    public const string Spreadsheets = "https://www.googleapis.com/auth/spreadsheets";
    public const string Dana = "dana.reyes@example.com";
    public const string Sam = "sam.okafor@example.com";
    private static readonly string Verifier = new('v', 64);

    public string AccessToken { get; set; } = "";

    public string RefreshToken { get; private set; } = "";

    public static async Task<GoogleApp> SignedIn(SandboxProcess sandbox, string email = Dana, string scope = DriveFile)
    {
        var app = new GoogleApp(sandbox);
        var answer = await app.Consent(Question(scope), email, scope.Split(' '));
        var tokens = await app.Token(Exchange(answer["code"]!));
        app.AccessToken = (string)tokens.Json["access_token"]!;
        app.RefreshToken = (string)tokens.Json["refresh_token"]!;
        return app;
    }

    public static Dictionary<string, string> Question(string scope) => new()
    {
        ["client_id"] = "portal", ["redirect_uri"] = Redirect, ["response_type"] = "code", ["scope"] = scope,
        ["state"] = "state-1", ["access_type"] = "offline", ["prompt"] = "consent",
        ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
        ["code_challenge_method"] = "S256",
    };

    public static Dictionary<string, string> Exchange(string code) => new()
    {
        ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = Redirect, ["client_id"] = "portal",
        ["client_secret"] = "secret", ["code_verifier"] = Verifier,
    };

    public static Dictionary<string, string> Refresh(string token) => new()
    {
        ["grant_type"] = "refresh_token", ["refresh_token"] = token, ["client_id"] = "portal",
            ["client_secret"] = "secret",
    };

    /// <summary>Opens the consent page, answers its form, and gives the query of the way back.</summary>
    public async Task<System.Collections.Specialized.NameValueCollection> Consent(
        Dictionary<string, string> question, string email, string[] ticked, string decision = "allow",
            string[]? picked = null)
    {
        var query = string.Join('&', question.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        var page = await sandbox.GoogleHttp.GetAsync("o/oauth2/v2/auth?" + query);
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        var fields = question.Append(new("account", email)).Append(new("decision", decision))
            .Concat(ticked.Select(scope => KeyValuePair.Create("grant", scope)))
            .Concat((picked ?? []).Select(id => KeyValuePair.Create("picked", id)));
        var answer = await sandbox.GoogleHttp.PostAsync("o/oauth2/v2/auth", new FormUrlEncodedContent(fields));
        answer.StatusCode.Should().Be(HttpStatusCode.Found);
        answer.Headers.Location!.ToString().Should().StartWith(Redirect);
        return HttpUtility.ParseQueryString(answer.Headers.Location.Query);
    }

    public async Task<(HttpStatusCode Status, JsonNode Json)> Token(Dictionary<string, string> form)
    {
        using var answer = await sandbox.GoogleHttp.PostAsync("token", new FormUrlEncodedContent(form));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    public async Task<(HttpStatusCode Status, JsonNode Json)> Send(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = body as HttpContent ?? JsonContent.Create(body);
        if (AccessToken.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", AccessToken);
        using var answer = await sandbox.GoogleHttp.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    public Task<JsonNode> Get(string path) => Accepted(HttpMethod.Get, path, null);

    public Task<JsonNode> Post(string path, object body) => Accepted(HttpMethod.Post, path, body);

    public Task<JsonNode> Put(string path, object body) => Accepted(HttpMethod.Put, path, body);

    /// <summary>A new spreadsheet; its tabs by id, title, rows and columns.</summary>
    public async Task<string> Spreadsheet(params (int Id, string Title, int Rows, int Columns)[] tabs) =>
        (string)(await Post("v4/spreadsheets", new
        {
            properties = new { title = "Books" },
            sheets = tabs.Select(tab => new
            {
                properties = new
                {
                    sheetId = tab.Id, title = tab.Title,
                        gridProperties = new { rowCount = tab.Rows, columnCount = tab.Columns },
                },
            }),
        }))["spreadsheetId"]!;

    public Task<JsonNode> Batch(string id, params object[] requests) =>
        Post($"v4/spreadsheets/{id}:batchUpdate", new { requests });

    /// <summary>The message of the 400 that the batch meets.</summary>
    public async Task<string> RefusedBatch(string id, params object[] requests)
    {
        var (status, json) = await Send(HttpMethod.Post, $"v4/spreadsheets/{id}:batchUpdate", new { requests });
        status.Should().Be(HttpStatusCode.BadRequest);
        ((string)json["error"]!["status"]!).Should().Be("INVALID_ARGUMENT");
        return (string)json["error"]!["message"]!;
    }

    public Task<JsonNode> Write(string id, string range, object?[][] values, string option = "RAW") =>
        Put($"v4/spreadsheets/{id}/values/{Uri.EscapeDataString(range)}?valueInputOption={option}", new { values });

    /// <summary>The values as JSON text; <c>null</c> when the range is empty.</summary>
    public async Task<string> Read(string id, string range, string render = "FORMULA") =>
        (await Get($"v4/spreadsheets/{id}/values/{Uri.EscapeDataString(range)}?valueRenderOption={render}"))["values"]?.ToJsonString() ?? "null";

    private async Task<JsonNode> Accepted(HttpMethod method, string path, object? body)
    {
        var (status, json) = await Send(method, path, body);
        status.Should().Be(HttpStatusCode.OK, json.ToJsonString());
        return json;
    }
}
