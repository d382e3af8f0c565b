using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Testing.Sheets;

/// <summary>Reads spreadsheets by the Sheets API with plain HTTP, as an app that a person signed in to.</summary>
internal sealed class PlainGoogle
{
    private const string Redirect = "http://localhost:5000/back";
    private readonly HttpClient http;
    private readonly string token;

    private PlainGoogle(HttpClient http, string token) => (this.http, this.token) = (http, token);

    /// <param name="email">Whose spreadsheets it may read.</param>
    public static async Task<PlainGoogle> SignIn(ISandbox sandbox, string email)
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var app = sandbox.GoogleClientId ?? "reader";
        var scope = "https://www.googleapis.com/auth/spreadsheets";
        using var consent = await sandbox.GoogleHttp.PostAsync("o/oauth2/v2/auth", Form(
            ("client_id", app), ("redirect_uri", Redirect), ("response_type", "code"), ("scope", scope),
            ("state", "s"), ("access_type", "offline"), ("prompt", "consent"), ("code_challenge_method", "S256"),
            ("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
            ("account", email), ("decision", "allow"), ("grant", scope)));
        var code = HttpUtility.ParseQueryString(consent.Headers.Location!.Query)["code"]!;
        using var answer = await sandbox.GoogleHttp.PostAsync("token", Form(
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Redirect), ("client_id", app),
            ("client_secret", "a reader's secret"), ("code_verifier", verifier)));
        answer.EnsureSuccessStatusCode();
        var tokens = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return new(sandbox.GoogleHttp, tokens["access_token"]!.GetValue<string>());
    }

    /// <summary>A tab's rows, header first.</summary>
    /// <param name="render"><c>UNFORMATTED_VALUE</c> or <c>FORMULA</c>.</param>
    public async Task<IReadOnlyList<IReadOnlyList<JsonElement>>> Values(string spreadsheetId, string tab, string render)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"v4/spreadsheets/{spreadsheetId}/values/{Uri.EscapeDataString($"'{tab}'")}"
            + $"?valueRenderOption={render}&dateTimeRenderOption=SERIAL_NUMBER");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{(int)answer.StatusCode} {text}");
        var rows = JsonDocument.Parse(text).RootElement.GetProperty("values");
        return [.. rows.EnumerateArray().Select(row => (IReadOnlyList<JsonElement>)[.. row.EnumerateArray()])];
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
