using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Xero.SignIn;

/// <summary>A code, redeemed: whose it is and what it covers.</summary>
internal sealed record Consent(string ClientId, string UserId, string[] Scopes, string EventId, string? Challenge);

/// <summary>
/// What people allowed apps to do. Scopes add up per person and app; a code works once, within 5 minutes; a refresh
/// token 60 days, and once used a little longer (settings).
/// </summary>
internal sealed class Grants(XeroState state, XeroSwitches switches, TimeProvider clock)
{
    public static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan RefreshLife = TimeSpan.FromDays(60);

    /// <summary>The person allowed access to one organization.</summary>
    /// <returns>The code and the scopes that are granted from now on.</returns>
    public (string Code, string[] Scopes) Allow(AuthorizeRequest request, Person person, string tenantId) =>
        state.File.Transact(session =>
        {
            var code = Secret();
            var now = Now();
            var eventId = Guid.CreateVersion7().ToString();
            var before = session.First("SELECT scopes FROM grants WHERE client_id = $1 AND user_id = $2",
                row => row.GetString(0), request.ClientId, person.Id);
            string[] scopes = switches.Now.GrantScopes is { } told
                ? [.. told]
                : [.. Scopes.Split(before ?? "").Union(request.Scopes)];

            session.Execute("""
                INSERT INTO grants VALUES ($1, $2, $3) ON CONFLICT (client_id, user_id) DO UPDATE SET scopes = $3
                """, request.ClientId, person.Id, string.Join(' ', scopes));
            session.Execute("""
                INSERT INTO connections VALUES ($1, $2, $3, $4, $5, $6, $6)
                ON CONFLICT (client_id, user_id, tenant_id) DO UPDATE SET event_id = $5, updated = $6
                """, Guid.CreateVersion7().ToString(), request.ClientId, person.Id, tenantId, eventId, now);
            session.Execute("INSERT INTO codes VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", Hash(code), request.ClientId,
                person.Id, request.RedirectUri, string.Join(' ', scopes), request.CodeChallenge, eventId,
                now + (long)CodeLife.TotalMilliseconds);
            return (code, scopes);
        });

    /// <summary>Uses the code up, whatever comes of it; null if it is not good.</summary>
    public Consent? Redeem(string code, string clientId, string? redirectUri, string? verifier) =>
        state.File.Transact(session =>
        {
            var kept = session.First("""
                SELECT client_id, user_id, scopes, event_id, challenge, redirect_uri, expires
                FROM codes WHERE hash = $1
                """,
                row => (Consent: new Consent(row.GetString(0), row.GetString(1), Scopes.Split(row.GetString(2)),
                        row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)),
                    Redirect: row.GetString(5), Expires: row.GetInt64(6)).ToTuple(), Hash(code));
            session.Execute("DELETE FROM codes WHERE hash = $1", Hash(code));
            if (kept is null) return null;

            var (consent, redirect, expires) = kept;
            var good = consent.ClientId == clientId && redirect == redirectUri && Now() < expires
                && Proves(consent.Challenge, verifier);
            return good ? consent : null;
        });

    public string IssueRefreshToken(SandboxSession session, Consent consent, bool needsSecret)
    {
        var token = Secret();
        session.Execute("INSERT INTO refresh_tokens VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)", Hash(token),
            consent.ClientId, consent.UserId, string.Join(' ', consent.Scopes), consent.EventId, needsSecret ? 1 : 0,
            Now() + (long)RefreshLife.TotalMilliseconds);
        return token;
    }

    /// <summary>The consent behind a refresh token that is still good, which is superseded by this; else null.</summary>
    public Consent? Refresh(SandboxSession session, string token, string clientId, bool secretGiven)
    {
        var now = Now();
        var graceFrom = now - (long)(switches.Now.RefreshGraceMinutes * 60_000);
        var consent = session.First("""
            SELECT client_id, user_id, scopes, event_id FROM refresh_tokens
            WHERE hash = $1 AND client_id = $2 AND expires > $3 AND (superseded IS NULL OR superseded > $4)
              AND (needs_secret = 0 OR $5)
            """,
            row => new Consent(
                row.GetString(0), row.GetString(1), Scopes.Split(row.GetString(2)), row.GetString(3), null),
            Hash(token), clientId, now, graceFrom, secretGiven ? 1 : 0);
        if (consent is not null)
        {
            session.Execute("UPDATE refresh_tokens SET superseded = coalesce(superseded, $2) WHERE hash = $1",
                Hash(token), now);
        }

        return consent;
    }

    /// <summary>Ends the grant behind a refresh token, with all connections of that person to that app.</summary>
    public void RevokeByToken(string token, string clientId) => state.File.Transact(session =>
    {
        var userId = session.First("SELECT user_id FROM refresh_tokens WHERE hash = $1 AND client_id = $2",
            row => row.GetString(0), Hash(token), clientId);
        if (userId is not null) Revoke(session, userId, clientId);
    });

    /// <summary>The person withdraws every app's access, in Xero.</summary>
    public void RevokeAll(string userId) => state.File.Transact(session => Revoke(session, userId, clientId: null));

    public void ExpireAccessTokens() => state.File.Transact(session =>
        session.Execute("UPDATE access_tokens SET expires = min(expires, $1)", Now()));

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static void Revoke(SandboxSession session, string userId, string? clientId)
    {
        foreach (var table in (string[])["grants", "codes", "refresh_tokens", "connections"])
        {
            session.Execute($"DELETE FROM {table} WHERE user_id = $1 AND client_id = coalesce($2, client_id)",
                userId, clientId);
        }
    }

    private static bool Proves(string? challenge, string? verifier)
    {
        if (challenge is null) return verifier is null;
        return verifier is { Length: >= 43 and <= 128 }
            && Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier))) == challenge;
    }

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
