using System.Net.Http.Headers;
using System.Text;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Xero.SignIn;

/// <summary>The identity host's machine side: token, revocation, discovery, keys.</summary>
internal sealed class TokenEndpoints(
    XeroState state, Grants grants, TokenMaker maker, SigningKey key, AppCredentials app, Uri issuer)
{
    private const string Form = "application/x-www-form-urlencoded";
    private readonly string _issuer = issuer.GetLeftPart(UriPartial.Authority);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/connect/token", (Delegate)Token);
        routes.MapPost("/connect/revocation", (Delegate)Revoke);
        routes.MapGet("/.well-known/openid-configuration", Discovery);
        routes.MapGet("/.well-known/openid-configuration/jwks", key.KeySet);
    }

    private async Task<IResult> Token(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await FormOf(context) is not { } form) return Error("invalid_request");
        if (Client(context, form) is not { } client) return Error("invalid_client");

        switch (One(form, "grant_type"))
        {
            case "authorization_code":
                var redeemed = grants.Redeem(One(form, "code") ?? "", client.Id, One(form, "redirect_uri"),
                    One(form, "code_verifier"));
                if (redeemed is null) return Error("invalid_grant");
                if (!client.GaveSecret && redeemed.Challenge is null) return Error("invalid_client");
                RequestNote.Of(context).Account = redeemed.UserId;
                return Tokens(state.File.Transact(session => maker.Make(session, redeemed, client.GaveSecret)));

            case "refresh_token":
                var answer = state.File.Transact(session =>
                {
                    var token = One(form, "refresh_token") ?? "";
                    var consent = grants.Refresh(session, token, client.Id, client.GaveSecret);
                    if (consent is null) return null;
                    RequestNote.Of(context).Account = consent.UserId;
                    return maker.Make(session, consent, client.GaveSecret);
                });
                return answer is null ? Error("invalid_grant") : Tokens(answer);

            default:
                return Error("unsupported_grant_type");
        }
    }

    private async Task<IResult> Revoke(HttpContext context)
    {
        if (await FormOf(context) is not { } form) return Error("invalid_request");
        if (Client(context, form) is not { } client) return Error("invalid_client");
        if (One(form, "token") is not { Length: > 0 } token) return Error("invalid_request");
        grants.RevokeByToken(token, client.Id);
        return Results.Ok();
    }

    private Dictionary<string, object> Discovery() => new()
    {
        ["issuer"] = _issuer,
        ["authorization_endpoint"] = $"{_issuer}/identity/connect/authorize",
        ["token_endpoint"] = $"{_issuer}/connect/token",
        ["revocation_endpoint"] = $"{_issuer}/connect/revocation",
        ["jwks_uri"] = $"{_issuer}/.well-known/openid-configuration/jwks",
        ["scopes_supported"] = (string[])["openid", "profile", "email", "offline_access"],
        ["response_types_supported"] = (string[])["code"],
        ["grant_types_supported"] = (string[])["authorization_code", "refresh_token"],
        ["subject_types_supported"] = (string[])["public"],
        ["id_token_signing_alg_values_supported"] = (string[])["RS256"],
        ["code_challenge_methods_supported"] = (string[])["S256"],
        ["token_endpoint_auth_methods_supported"] = (string[])["client_secret_basic", "client_secret_post", "none"],
    };

    /// <summary>Basic header, or id (and secret) in the form. A wrong secret is refused; none is a PKCE app.</summary>
    private (string Id, bool GaveSecret)? Client(HttpContext context, IFormCollection form)
    {
        var (id, secret) = (One(form, "client_id"), One(form, "client_secret"));
        if (AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header))
        {
            var given = new byte[header.Parameter?.Length ?? 0];
            if (header.Scheme != "Basic" || !Convert.TryFromBase64String(header.Parameter ?? "", given, out var length))
                return null;
            var pair = Encoding.UTF8.GetString(given, 0, length).Split(':', 2);
            if (pair.Length != 2) return null;
            (id, secret) = (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1]));
        }

        if (!app.AcceptsId(id) || (secret is not null && !app.AcceptsSecret(secret))) return null;
        return (id!, secret is not null);
    }

    private static async Task<IFormCollection?> FormOf(HttpContext context) =>
        context.Request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) == true
            ? await context.Request.ReadFormAsync()
            : null;

    private static string? One(IFormCollection form, string name) =>
        form.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null;

    private static IResult Error(string code) =>
        Results.Json(new { error = code }, statusCode: StatusCodes.Status400BadRequest);

    private static IResult Tokens(TokenAnswer answer) => Results.Json(answer);
}
