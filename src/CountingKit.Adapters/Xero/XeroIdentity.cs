using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CountingKit.Connections;
using CountingKit.Mirror;
using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>Xero's token and revocation endpoints (OpenID Connect, RFC 6749 and 7009).</summary>
internal sealed class XeroIdentity(XeroWire wire, IOptions<XeroOptions> options)
{
    /// <summary>Once: a code is good for one exchange.</summary>
    /// <exception cref="XeroTokenRefusedException">The code is no longer accepted.</exception>
    /// <exception cref="XeroSilentException">No whole answer came.</exception>
    /// <exception cref="SourceException">Our app is refused, or the answer makes no sense.</exception>
    public async Task<TokenAnswer> Exchange(string code, string redirectUri, string? verifier, CancellationToken ct)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirectUri,
        };
        if (verifier is not null) form["code_verifier"] = verifier;
        using var request = Form("connect/token", form);
        return Tokens(await wire.Send(XeroWire.Identity, request, new XeroCall(), ct));
    }

    /// <summary>
    /// One try. Until the new pair has been used, or for 30 minutes, the same refresh token may be sent again.
    /// </summary>
    /// <exception cref="XeroTokenRefusedException">The sign-in is dead.</exception>
    /// <exception cref="XeroSilentException">No whole answer came.</exception>
    /// <exception cref="SourceException">Our app is refused, or Xero is down.</exception>
    public async Task<TokenAnswer> Refresh(string refreshToken, CancellationToken ct)
    {
        using var request = Form("connect/token", new()
        {
            ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken,
        });
        return Tokens(await wire.Send(XeroWire.Identity, request, new XeroCall(), ct));
    }

    /// <summary>Ends the person's consent and all connections that stand on it. A dead token is as good.</summary>
    /// <exception cref="SourceException">Our app is refused, or Xero is down.</exception>
    public async Task Revoke(string refreshToken, CancellationToken ct)
    {
        Dictionary<string, string> form = new() { ["token"] = refreshToken };
        var answer = await wire.SendPatiently(
            XeroWire.Identity, () => Form("connect/revocation", form), new XeroCall(), ct);
        if (answer.IsSuccess) return;
        if (answer.Status == HttpStatusCode.TooManyRequests)
            throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.Down);
        if (Error(answer) is not ("invalid_grant" or "invalid_token")) throw Unexpected(answer);
    }

    private HttpRequestMessage Form(string path, Dictionary<string, string> fields)
    {
        var app = options.Value;
        if (!app.HasApp) throw Refusals.Because(SourceProblem.Configuration, XeroCodes.NotConfigured);
        var request = new HttpRequestMessage(HttpMethod.Post, app.Identity(path))
        {
            Content = new FormUrlEncodedContent(fields),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{app.ClientId}:{app.ClientSecret}")));
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }

    private static TokenAnswer Tokens(XeroAnswer answer)
    {
        if (answer.IsTransient || answer.Status == HttpStatusCode.TooManyRequests)
            throw Refusals.Because(SourceProblem.Unavailable, XeroCodes.Down);
        if (!answer.IsSuccess)
            throw Error(answer) == "invalid_grant" ? new XeroTokenRefusedException() : Unexpected(answer);
        return TokenAnswer.Read(answer.Body) ?? throw NotUnderstood();
    }

    private static SourceException Unexpected(XeroAnswer answer) =>
        Error(answer) is "invalid_client" or "unauthorized_client" || answer.Status == HttpStatusCode.Unauthorized
            ? Refusals.Because(SourceProblem.Configuration, XeroCodes.AppRefused)
            : NotUnderstood();

    private static SourceException NotUnderstood() =>
        Refusals.Because(SourceProblem.Unavailable, XeroCodes.NotUnderstood);

    private static string? Error(XeroAnswer answer) => XeroErrorBody.Parse(answer.Body.Span).Text;
}

/// <summary><c>invalid_grant</c>: the code or refresh token that was sent is no longer good.</summary>
internal sealed class XeroTokenRefusedException() : Exception("Xero no longer accepts this sign-in.");
