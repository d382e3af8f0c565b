using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Xero.SignIn;

/// <summary>What the token endpoint answers. Parts that were not granted are left out.</summary>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("id_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? IdToken,
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("refresh_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? RefreshToken,
    [property: JsonPropertyName("scope")] string Scope);

/// <summary>Makes the tokens of a consent: access 30 minutes, id token 5, refresh token 60 days.</summary>
internal sealed class TokenMaker(SigningKey key, Grants grants, Uri issuer, TimeProvider clock)
{
    private const int AccessSeconds = 1800;
    private readonly string _issuer = issuer.GetLeftPart(UriPartial.Authority);

    public TokenAnswer Make(SandboxSession session, Consent consent, bool needsSecret)
    {
        var now = clock.GetUtcNow();
        var person = Person.All.Single(person => person.Id == consent.UserId);
        var access = Access(session, consent, now);
        return new TokenAnswer(
            consent.Scopes.Contains("openid") ? Id(consent, person, access, now) : null,
            access,
            AccessSeconds,
            "Bearer",
            consent.Scopes.Contains("offline_access") ? grants.IssueRefreshToken(session, consent, needsSecret) : null,
            string.Join(' ', consent.Scopes));
    }

    private string Access(SandboxSession session, Consent consent, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7().ToString("N");
        session.Execute("INSERT INTO access_tokens VALUES ($1, $2, $3, $4, $5)", id, consent.ClientId, consent.UserId,
            string.Join(' ', consent.Scopes), now.AddSeconds(AccessSeconds).ToUnixTimeMilliseconds());
        return key.Sign(new
        {
            nbf = now.ToUnixTimeSeconds(),
            exp = now.ToUnixTimeSeconds() + AccessSeconds,
            iss = _issuer,
            aud = $"{_issuer}/resources",
            client_id = consent.ClientId,
            sub = Subject(consent.UserId),
            auth_time = now.ToUnixTimeSeconds(),
            idp = "local",
            xero_userid = consent.UserId,
            global_session_id = Session(consent),
            jti = id,
            authentication_event_id = consent.EventId,
            scope = consent.Scopes,
            amr = (string[])["pwd"],
        });
    }

    private string Id(Consent consent, Person person, string access, DateTimeOffset now)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(access));
        var claims = new Dictionary<string, object>
        {
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + 300,
            ["iss"] = _issuer,
            ["aud"] = consent.ClientId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["at_hash"] = Base64Url.EncodeToString(hash.AsSpan(0, 16)),
            ["sid"] = Session(consent),
            ["sub"] = Subject(consent.UserId),
            ["auth_time"] = now.ToUnixTimeSeconds(),
            ["idp"] = "local",
            ["amr"] = (string[])["pwd"],
            ["xero_userid"] = consent.UserId,
            ["global_session_id"] = Session(consent),
        };
        if (consent.Scopes.Contains("email")) claims["email"] = person.Email;
        if (consent.Scopes.Contains("profile"))
        {
            claims["preferred_username"] = person.Email;
            claims["given_name"] = person.GivenName;
            claims["family_name"] = person.FamilyName;
        }

        return key.Sign(claims);
    }

    private static string Subject(string userId) => DerivedId.Of($"subject {userId}").Replace("-", "");

    private static string Session(Consent consent) => DerivedId.Of($"session {consent.EventId}").Replace("-", "");
}
