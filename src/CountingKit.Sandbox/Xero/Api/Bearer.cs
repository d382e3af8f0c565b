using System.Net.Http.Headers;
using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.SignIn;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>Whose call it is.</summary>
internal sealed record Caller(string ClientId, string UserId, string[] Scopes);

/// <summary>Checks access tokens: our signature, known, not over.</summary>
internal sealed class Bearer(XeroState state, SigningKey key, TimeProvider clock)
{
    /// <returns>The caller, or the answer that refuses the call.</returns>
    public (Caller? Caller, IResult? Refusal) Check(HttpContext context)
    {
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
            || header is not { Scheme: "Bearer", Parameter: { } token }
            || key.Read(token) is not { } claims
            || !claims.TryGetProperty("jti", out var id))
            return (null, Problem.InvalidToken(context));

        using var session = state.File.Open();
        var kept = session.First("SELECT client_id, user_id, scopes, expires FROM access_tokens WHERE id = $1",
            row => (new Caller(row.GetString(0), row.GetString(1), Scopes.Split(row.GetString(2))), row.GetInt64(3))
                .ToTuple(),
            id.GetString());
        if (kept is null) return (null, Problem.InvalidToken(context));

        var (caller, expires) = kept;
        RequestNote.Of(context).Account = caller.UserId;
        var over = DateTimeOffset.FromUnixTimeMilliseconds(expires);
        return clock.GetUtcNow() < over
            ? (caller, null)
            : (null, Problem.Unauthorized($"TokenExpired: token expired at {over:MM'/'dd'/'yyyy HH':'mm':'ss}"));
    }
}
