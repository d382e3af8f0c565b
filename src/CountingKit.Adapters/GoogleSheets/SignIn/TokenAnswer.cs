using System.Buffers.Text;
using System.Text.Json;
using CountingKit.Adapters.SignIns;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>The token address's answer on the wire, good or bad (RFC 6749, sections 5.1 and 5.2).</summary>
internal sealed class TokenAnswer
{
    private const int UsualLife = 3600;

    private readonly TokenFields? fields;

    private TokenAnswer(TokenFields? fields) => this.fields = fields;

    public string? AccessToken => fields?["access_token"];

    public string? Error => fields?["error"];

    /// <summary>Not JSON (a proxy's page) = nothing told.</summary>
    public static async Task<TokenAnswer> Read(HttpResponseMessage response, CancellationToken ct) =>
        new(TokenFields.Read(await response.Content.ReadAsByteArrayAsync(ct)));

    /// <summary>Google's sentence beside the error; foreign, never shown.</summary>
    public string Description => fields?["error_description"] ?? "";

    public string? Subtype => fields?["error_subtype"];

    /// <param name="asked">The scopes of the request: what was granted where the answer names none.</param>
    public GoogleTokens ToTokens(DateTimeOffset now, IReadOnlyList<string> asked, GoogleOptions app)
    {
        using var who = fields?["id_token"] is { } token ? Claims(token) : null;
        return new()
        {
            AccessToken = AccessToken!,
            ExpiresAt = now.AddSeconds(fields?.SecondsOfLife ?? UsualLife),
            RefreshToken = fields?["refresh_token"],
            Scopes = fields?["scope"] is { } scope ? GoogleScopes.Split(scope) : asked,
            Subject = Text(who, "sub"),
            Email = Text(who, "email"),
            SignInEndsAt = fields?.Seconds("refresh_token_expires_in") is { } life ? now.AddSeconds(life) : null,
            Flaw = who is null ? IdTokenFlaw.None : IdToken.Flaw(who.RootElement, app.Issuers, app.ClientId, now),
        };
    }

    /// <returns>Null = a token that tells nothing.</returns>
    private static JsonDocument? Claims(string idToken)
    {
        if (idToken.Split('.') is not [_, var payload, _]) return null;
        try
        {
            var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            if (claims.RootElement.ValueKind == JsonValueKind.Object) return claims;
            claims.Dispose();
            return null;
        }
        catch (Exception opaque) when (opaque is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonDocument? claims, string name) =>
        claims is not null && claims.RootElement.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 300 } text
            ? text
            : null;
}
