using System.Net;
using CountingKit.Adapters.SignIns;
using CountingKit.Spreadsheets;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// Google's sign-in: OAuth 2.0 for web servers with PKCE, and service accounts (RFC 7523). Tokens travel in form bodies
/// only, never in an address.
/// </summary>
public sealed class GoogleOAuth(HttpClient http, IOptions<GoogleOptions> options, TimeProvider time)
{
    private readonly GoogleOptions settings = options.Value;

    /// <summary>Where to send the browser.</summary>
    /// <exception cref="SpreadsheetException">CK-GOOGLE-AUTH-06: no OAuth client is set.</exception>
    public Uri AuthorizeUrl(GoogleSignInRequest request)
    {
        RequireClient();
        List<(string Name, string Value)> query =
        [
            ("client_id", settings.ClientId!), ("redirect_uri", request.RedirectUri.AbsoluteUri),
            ("response_type", "code"),
            ("scope", request.ChooseFiles
                ? GoogleScopes.DriveFile
                : string.Join(' ', settings.RequiredScopes.Prepend("email").Prepend("openid"))),
            ("state", request.State), ("access_type", "offline"), ("prompt", "consent"),
            ("code_challenge", Pkce.Challenge(request.Verifier)), ("code_challenge_method", "S256"),
        ];
        if (request.LoginHint is { } hint) query.Add(("login_hint", hint));
        if (request.ChooseFiles)
            query.AddRange([("trigger_onepick", "true"), ("include_granted_scopes", "false"),
                ("mimetypes", "application/vnd.google-apps.spreadsheet"), ("allow_multiple", "true")]);
        return new($"{settings.AuthorizeUrl}?" + string.Join('&',
            query.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}")));
    }

    /// <summary>
    /// Turns the callback's code into what Google granted, be it enough or not (<see cref="Lack"/>). Not repeated: a code
    /// works once.
    /// </summary>
    /// <exception cref="SpreadsheetException">CK-GOOGLE-AUTH-03, -05, CK-GOOGLE-04.</exception>
    public async Task<GoogleTokens> Exchange(string code, GoogleSignInRequest request, CancellationToken ct)
    {
        RequireClient();
        return await Post(new()
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = request.RedirectUri.AbsoluteUri,
            ["code_verifier"] = request.Verifier, ["client_id"] = settings.ClientId!,
            ["client_secret"] = settings.ClientSecret!,
        }, request.ChooseFiles ? [GoogleScopes.DriveFile] : settings.RequiredScopes, GoogleCodes.CodeRefused, ct);
    }

    /// <summary>What a consent lacks to be lived with.</summary>
    /// <returns>Null = nothing. Detail: the permissions that are missing; null = it is not about permissions.</returns>
    internal (ErrorCode Problem, string? Detail)? Lack(GoogleTokens tokens)
    {
        if (tokens.Flaw == IdTokenFlaw.NotForUs) return (GoogleSignInCodes.NotForUs, null);
        if (tokens.Flaw == IdTokenFlaw.OutOfTime) return (GoogleCodes.ClockWrong, null);
        if (GoogleScopes.Missing(settings.RequiredScopes, tokens.Scopes) is { Count: > 0 } missing)
            return (GoogleCodes.ScopeMissing, string.Join(", ", missing));
        if (tokens.RefreshToken is null) return (GoogleCodes.NoRefreshToken, null);
        return tokens is { Subject: not null, Email: not null } ? null : (GoogleSignInCodes.NoIdentity, null);
    }

    /// <summary>A new access token. The refresh token stays the same.</summary>
    /// <exception cref="SpreadsheetException">CK-GOOGLE-AUTH-01: the sign-in is dead.</exception>
    public Task<GoogleTokens> Refresh(string refreshToken, CancellationToken ct)
    {
        RequireClient();
        return PostPatiently(() => new()
        {
            ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken, ["client_id"] = settings.ClientId!,
            ["client_secret"] = settings.ClientSecret!,
        }, settings.RequiredScopes, GoogleCodes.SignInExpired, ct);
    }

    /// <summary>An access token for a service account, good for an hour.</summary>
    /// <exception cref="SpreadsheetException">
    /// CK-GOOGLE-KEY-03 to -05: Google refuses the key, our clock, or the account.
    /// </exception>
    public Task<GoogleTokens> SignIn(ServiceAccountKey key, CancellationToken ct) => PostPatiently(() => new()
    {
        ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
        ["assertion"] =
            ServiceAccountAssertion.Sign(key, GoogleScopes.Spreadsheets, settings.TokenUrl, time.GetUtcNow()),
    }, [GoogleScopes.Spreadsheets], GoogleCodes.KeyRefused, ct);

    /// <summary>Ends a grant at Google. One that Google refuses to revoke is as good as revoked.</summary>
    /// <exception cref="SpreadsheetException">CK-GOOGLE-04: could not be done now.</exception>
    public async Task Revoke(string token, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent([new("token", token)]);
        using var response = await Send(settings.Revoke, form, ct);
        if (response.IsSuccessStatusCode) return;
        var answer = await TokenAnswer.Read(response, ct);
        if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)) return;
        throw TokenFailure.Of(response.StatusCode, answer, GoogleCodes.Refused);
    }

    private async Task<GoogleTokens> PostPatiently(
        Func<Dictionary<string, string>> form, IReadOnlyList<string> asked, ErrorCode onRefusal, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await Post(form(), asked, onRefusal, ct);
            }
            catch (SpreadsheetException e) when (e.Problem == SpreadsheetProblem.Unavailable && attempt < 2)
            {
                await Task.Delay(GooglePause.After(attempt), time, ct);
            }
        }
    }

    private async Task<GoogleTokens> Post(
        Dictionary<string, string> form, IReadOnlyList<string> asked, ErrorCode onRefusal, CancellationToken ct)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await Send(settings.Token, content, ct);
        var answer = await TokenAnswer.Read(response, ct);
        if (!response.IsSuccessStatusCode || answer.AccessToken is null)
            throw TokenFailure.Of(response.StatusCode, answer, onRefusal);
        return answer.ToTokens(time.GetUtcNow(), asked, settings);
    }

    private async Task<HttpResponseMessage> Send(Uri url, HttpContent content, CancellationToken ct)
    {
        try
        {
            return await http.PostAsync(url, content, ct);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new SpreadsheetException(SpreadsheetProblem.Unavailable, GoogleCodes.Unavailable.Code,
                "Google's sign-in does not answer. Nothing was changed; try again later.", inner: e);
        }
    }

    private void RequireClient()
    {
        if (!settings.CanSignIn)
            throw new SpreadsheetException(SpreadsheetProblem.Configuration, GoogleCodes.NotSetUp.Code,
                "Google sign-in is not set up: Google__ClientId and Google__ClientSecret are missing.");
    }
}
