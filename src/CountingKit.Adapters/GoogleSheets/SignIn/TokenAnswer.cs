using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    /// <param name="asked">The scopes of the request: what was granted where the answer names none.</param>
    public GoogleTokens ToTokens(DateTimeOffset now, IReadOnlyList<string> asked)
    {
        var who = fields?["id_token"] is { } token ? IdTokenClaims.Read(token) : null;
        return new()
        {
            AccessToken = AccessToken!,
            ExpiresAt = now.AddSeconds(fields?.SecondsOfLife ?? UsualLife),
            RefreshToken = fields?["refresh_token"],
            Scopes = fields?["scope"] is { } scope ? GoogleScopes.Split(scope) : asked,
            Subject = who?.Subject,
            Email = who?.Email,
        };
    }
}

/// <summary>
/// Who signed in. The token came straight from the token address, so its signature needs no check (OpenID Connect Core,
/// 3.1.3.7).
/// </summary>
internal sealed class IdTokenClaims
{
    [JsonPropertyName("sub")] public string? Subject { get; init; }
    [JsonPropertyName("email")] public string? Email { get; init; }

    public static IdTokenClaims? Read(string idToken)
    {
        try
        {
            return idToken.Split('.') is [_, var claims, _]
                ? JsonSerializer.Deserialize<IdTokenClaims>(Base64Url.DecodeFromChars(claims))
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
