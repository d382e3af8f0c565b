using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.State;

namespace CountingKit.Sandbox.Google.OAuth;

/// <summary>
/// A service account's signed claim (RFC 7523). Its times are the caller's watch and are held against the machine's clock, not the
/// stand-ins'; <c>aud</c> is not checked, because the official library writes Google's address whatever it talks to.
/// </summary>
internal sealed record Assertion(string Email, IReadOnlyList<string> Scopes)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <exception cref="OAuthError">Not a claim, unknown account, wrong signature, out of time, or no scope.</exception>
    public static Assertion Verify(string text, Func<string, ServiceAccount?> find)
    {
        var parts = text.Split('.');
        if (parts.Length != 3 || Read(parts[0]) is not { } header || Read(parts[1]) is not { } claim
            || header.Text("alg") != "RS256")
            throw new OAuthError(400, "invalid_grant", "Invalid JWT: not a signed JWT with RS256.");
        if (claim.Text("iss") is not { } email || find(email) is not { } account)
            throw new OAuthError(400, "invalid_grant", "Invalid grant: account not found");
        using var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(account.PublicKey), out _);
        if (!Base64Url.IsValid(parts[2]) || !key.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]),
            Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            throw new OAuthError(400, "invalid_grant", "Invalid JWT Signature.");

        var now = TimeProvider.System.GetUtcNow();
        if (claim.Int("iat") is not { } issued || claim.Int("exp") is not { } ends || ends - issued > 3600
            || DateTimeOffset.FromUnixTimeSeconds(issued) > now + Skew
                || DateTimeOffset.FromUnixTimeSeconds(ends) < now - Skew)
            throw new OAuthError(
                400, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a "
                + "reasonable timeframe. Check your iat and exp values in the JWT claim.");
        var scopes = OAuth.Scopes.Read(claim.Text("scope"));
        return scopes.Count > 0 && scopes.All(OAuth.Scopes.IsKnown)
            ? new Assertion(email, scopes)
            : throw new OAuthError(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
    }

    private static JsonObject? Read(string part)
    {
        if (!Base64Url.IsValid(part)) return null;
        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(part)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
