using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.State;
using CountingKit.Sandbox.Hosting;
using Microsoft.Extensions.Primitives;

namespace CountingKit.Sandbox.Google.OAuth;

/// <summary><c>POST /token</c> and <c>POST /revoke</c>.</summary>
internal sealed class TokenEndpoint(GoogleState state, AppCredentials app, IdTokens idTokens, TimeProvider clock)
{
    private const int AccessSeconds = 3599;
    private const int MaxRefreshTokens = 100;
    private static readonly TimeSpan UnusedLife = TimeSpan.FromDays(182);

    public Answer Token(Incoming request)
    {
        var form = request.Form();
        return Answer.Json(Text(form, "grant_type") switch
        {
            "authorization_code" => Exchange(request, form),
            "refresh_token" => Refresh(request, form),
            "urn:ietf:params:oauth:grant-type:jwt-bearer" => Assert(request, form),
            null => throw new OAuthError(400, "invalid_request", "Required parameter is missing: grant_type"),
            var other => throw new OAuthError(400, "unsupported_grant_type", $"Invalid grant_type: {other}"),
        });
    }

    public Answer Revoke(Incoming request)
    {
        var token = request.Value("token") ?? Text(request.Form(), "token") ?? "";
        var key = Secrets.KeyOf(token);
        if ((state.RefreshTokens.Find(key) ?? Live(state.AccessTokens.Find(key))) is not { } signIn)
            throw new OAuthError(400, "invalid_token", "Token expired or revoked");
        request.Note.Account = signIn.Email;
        if (signIn.ClientId is { } client) Forget(client, signIn.Email);
        else state.AccessTokens.Remove(key);
        return Answer.Json(new JsonObject());
    }

    /// <summary>Ends what a person allowed an app (any app when null): grant and tokens.</summary>
    public void Forget(string? clientId, string email)
    {
        bool Is(string? client, string whose) => whose == email && (clientId is null || client == clientId);
        state.Grants.RemoveAll(grant => Is(grant.ClientId, grant.Email));
        state.Codes.RemoveAll(code => Is(code.ClientId, code.Email));
        state.AccessTokens.RemoveAll(token => Is(token.ClientId, token.Email));
        state.RefreshTokens.RemoveAll(token => Is(token.ClientId, token.Email));
    }

    private JsonObject Exchange(Incoming request, Dictionary<string, StringValues> form)
    {
        var client = Client(request, form);
        var key = Secrets.KeyOf(
            Text(form, "code") ?? throw new OAuthError(400, "invalid_request", "Missing required parameter: code"));
        var code = state.Codes.Find(key);
        if (code is null || code.ExpiresAt <= clock.GetUtcNow() || code.ClientId != client)
            throw new OAuthError(400, "invalid_grant", "Malformed auth code.");
        request.Note.Account = code.Email;
        if (Text(form, "redirect_uri") != code.RedirectUri)
            throw new OAuthError(400, "redirect_uri_mismatch", "Bad Request");
        DemandVerifier(code, Text(form, "code_verifier"));
        state.Codes.Remove(key);

        var json = Issue(code.Email, client, code.Scopes);
        var settings = state.Settings;
        if (code.WithRefreshToken && !settings.RefreshTokenMissing)
        {
            var now = clock.GetUtcNow();
            var token = Secrets.New("1//0");
            DateTimeOffset? end = settings.RefreshTokenDays is { } days ? now.AddDays(days) : null;
            state.RefreshTokens.Put(Secrets.KeyOf(token), new SignIn(code.Email, client, code.Scopes, now, end, now));
            DropOldest(client, code.Email);
            json["refresh_token"] = token;
            if (settings.RefreshTokenDays is { } life) json["refresh_token_expires_in"] = life * 86_400 - 1;
        }
        if (code.Scopes.Contains(Scopes.OpenId))
            json["id_token"] = idTokens.Issue(state.People.Find(code.Email)!, client, code.Scopes, code.Nonce);
        return json;
    }

    private JsonObject Refresh(Incoming request, Dictionary<string, StringValues> form)
    {
        var client = Client(request, form);
        var key = Secrets.KeyOf(
            Text(form, "refresh_token")
            ?? throw new OAuthError(400, "invalid_request", "Missing required parameter: refresh_token"));
        var now = clock.GetUtcNow();
        if (state.RefreshTokens.Find(key) is not { } token || token.ExpiresAt <= now || token.UsedAt + UnusedLife <= now
            || token.ClientId != client)
            throw new OAuthError(400, "invalid_grant", "Token has been expired or revoked.");
        request.Note.Account = token.Email;
        state.RefreshTokens.Put(key, token with { UsedAt = now });
        return Issue(token.Email, client, token.Scopes);
    }

    private JsonObject Assert(Incoming request, Dictionary<string, StringValues> form)
    {
        var claim = Assertion.Verify(Text(form, "assertion") ?? "", state.ServiceAccounts.Find);
        request.Note.Account = claim.Email;
        var json = Issue(claim.Email, null, claim.Scopes);
        json.Remove("scope");
        return json;
    }

    private JsonObject Issue(string email, string? client, IReadOnlyList<string> scopes)
    {
        var now = clock.GetUtcNow();
        state.AccessTokens.RemoveAll(old => old.ExpiresAt < now);
        var token = Secrets.New("ya29.a0");
        state.AccessTokens.Put(
            Secrets.KeyOf(token), new SignIn(email, client, scopes, now, now.AddSeconds(AccessSeconds), now));
        return new JsonObject
        {
            ["access_token"] = token,
            ["expires_in"] = AccessSeconds,
            ["scope"] = string.Join(' ', scopes),
            ["token_type"] = "Bearer",
        };
    }

    private string Client(Incoming request, Dictionary<string, StringValues> form)
    {
        var (id, secret) = (Text(form, "client_id"), Text(form, "client_secret"));
        if (id is null && AuthenticationHeaderValue.TryParse(request.Authorization, out var header)
            && header is { Scheme: "Basic", Parameter: { } basic })
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(basic)).Split(':', 2);
            (id, secret) = (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[^1]));
        }
        if (!app.AcceptsId(id)) throw new OAuthError(401, "invalid_client", "The OAuth client was not found.");
        if (!app.AcceptsSecret(secret))
            throw new OAuthError(401, "invalid_client", "The provided client secret is invalid.");
        return id!;
    }

    private static void DemandVerifier(PendingCode code, string? verifier)
    {
        if (code.Challenge is null) return;
        if (verifier is null) throw new OAuthError(400, "invalid_grant", "Missing code verifier.");
        var made = code.ChallengeMethod == "S256"
            ? Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) : verifier;
        if (made != code.Challenge) throw new OAuthError(400, "invalid_grant", "Invalid code verifier.");
    }

    /// <summary>A person and app have at most 100 live refresh tokens; the oldest goes without a word.</summary>
    private void DropOldest(string client, string email)
    {
        foreach (var (key, _) in state.RefreshTokens.All.Where(pair =>
            pair.Value.ClientId == client && pair.Value.Email == email)
            .OrderByDescending(pair => pair.Value.IssuedAt).Skip(MaxRefreshTokens).ToList())
            state.RefreshTokens.Remove(key);
    }

    private SignIn? Live(SignIn? token) => token?.ExpiresAt > clock.GetUtcNow() ? token : null;

    private static string? Text(Dictionary<string, StringValues> form, string name) =>
        form.TryGetValue(name, out var values) && values[^1] is { Length: > 0 } text ? text : null;
}
