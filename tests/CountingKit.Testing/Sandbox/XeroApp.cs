using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace CountingKit.Testing.Sandbox;

/// <summary>
/// An app that signs a person in to the sandbox's Xero by plain HTTP, filling in the consent form as a browser would.
/// Each instance is another app, with grants, connections and limits of its own, unless the sandbox knows only one.
/// </summary>
public sealed class XeroApp(ISandbox sandbox)
{
    public const string RedirectUri = "http://localhost:5000/callback";

    public const string ReadScopes = "openid profile email offline_access accounting.settings.read "
        + "accounting.contacts.read accounting.invoices.read";

    /// <summary>What it takes to read whole books, in the scopes of today; not the premium journals.</summary>
    public const string BookScopes = ReadScopes + " accounting.payments.read accounting.banktransactions.read "
        + "accounting.manualjournals.read accounting.budgets.read accounting.reports.profitandloss.read "
        + "accounting.reports.balancesheet.read accounting.reports.trialbalance.read "
        + "accounting.reports.banksummary.read accounting.reports.executivesummary.read "
        + "accounting.reports.budgetsummary.read";

    private readonly string _verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string ClientId { get; } = sandbox.XeroClientId ?? $"app-{Guid.CreateVersion7():N}";

    public string Secret { get; } = "a secret, with: signs";

    public string AccessToken { get; set; } = "";

    public string RefreshToken { get; set; } = "";

    /// <summary>The form of the authorize page; a null value leaves the parameter out.</summary>
    public Dictionary<string, string?> AuthorizeParameters(string scopes = ReadScopes) => new()
    {
        ["response_type"] = "code",
        ["client_id"] = ClientId,
        ["redirect_uri"] = RedirectUri,
        ["scope"] = scopes,
        ["state"] = "state & more",
        ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier))),
        ["code_challenge_method"] = "S256",
    };

    public Task<HttpResponseMessage> OpenConsent(Dictionary<string, string?> parameters) =>
        sandbox.XeroHttp.GetAsync("identity/connect/authorize?" + string.Join('&', parameters
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value!)}")));

    /// <summary>Presses a button of the consent form.</summary>
    public async Task<HttpResponseMessage> AnswerConsent(
        Dictionary<string, string?> parameters, string answer, string person, string? organization) =>
        await sandbox.XeroHttp.PostAsync("identity/connect/authorize", Form([.. parameters
            .Append(new("answer", answer)).Append(new("person", person)).Append(new("organization", organization))]));

    /// <summary>Allows access and reads what comes back to the redirect address.</summary>
    public async Task<System.Collections.Specialized.NameValueCollection> Allow(
        string tenantId, string person = "Mary", string scopes = ReadScopes)
    {
        var people = await sandbox.Control.Get<JsonArray>("_/xero/people");
        var id = people.Single(each => each!["givenName"]!.GetValue<string>() == person)!["id"]!.GetValue<string>();
        using var answer = await AnswerConsent(AuthorizeParameters(scopes), "allow", id, tenantId);
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"The consent page did not go on: {answer.StatusCode}.");
        return HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
    }

    /// <summary>Consent, exchange, tokens kept; answers the token endpoint's JSON.</summary>
    public async Task<JsonNode> SignIn(string tenantId, string person = "Mary", string scopes = ReadScopes)
    {
        var callback = await Allow(tenantId, person, scopes);
        using var answer = await Exchange(callback["code"]!);
        return Keep(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    public Task<HttpResponseMessage> Exchange(string code) => Token(
        new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", RedirectUri),
        new("code_verifier", _verifier));

    public async Task<HttpResponseMessage> Refresh(string? token = null)
    {
        var answer = await Token(new("grant_type", "refresh_token"), new("refresh_token", token ?? RefreshToken));
        if (answer.IsSuccessStatusCode) Keep(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
        return answer;
    }

    /// <summary>A form to the token endpoint, with the Basic header.</summary>
    public Task<HttpResponseMessage> Token(params KeyValuePair<string, string?>[] form) =>
        Identity("connect/token", form);

    public Task<HttpResponseMessage> Revoke(string token) => Identity("connect/revocation", [new("token", token)]);

    public Task<HttpResponseMessage> Api(
        string path, string? tenantId = null, HttpMethod? method = null, string? since = null,
        string? accept = "application/json")
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
        if (tenantId is not null) request.Headers.Add("Xero-Tenant-Id", tenantId);
        if (since is not null) request.Headers.TryAddWithoutValidation("If-Modified-Since", since);
        if (accept is not null) request.Headers.Add("Accept", accept);
        return sandbox.XeroHttp.SendAsync(request);
    }

    /// <summary>The answer's JSON; throws if it is no success.</summary>
    public async Task<JsonNode> Read(string path, string? tenantId = null, string? since = null)
    {
        using var answer = await Api(path, tenantId, since: since);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new HttpRequestException($"{path}: {(int)answer.StatusCode} {text}", null, answer.StatusCode);
    }

    private JsonNode Keep(JsonNode tokens)
    {
        AccessToken = tokens["access_token"]!.GetValue<string>();
        RefreshToken = tokens["refresh_token"]?.GetValue<string>() ?? "";
        return tokens;
    }

    private Task<HttpResponseMessage> Identity(string path, KeyValuePair<string, string?>[] form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Form(form) };
        var pair = $"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(Secret)}";
        request.Headers.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        return sandbox.XeroHttp.SendAsync(request);
    }

    private static FormUrlEncodedContent Form(KeyValuePair<string, string?>[] fields) =>
        new(fields.Where(field => field.Value is not null)!);
}
