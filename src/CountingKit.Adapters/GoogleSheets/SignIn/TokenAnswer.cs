using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>The token address's answer on the wire, good or bad (RFC 6749, sections 5.1 and 5.2).</summary>
internal sealed class TokenAnswer
{
    [JsonPropertyName("access_token")] public string? AccessToken { get; init; }
    [JsonPropertyName("expires_in")] public long? ExpiresIn { get; init; }
    [JsonPropertyName("refresh_token")] public string? RefreshToken { get; init; }
    [JsonPropertyName("scope")] public string? Scope { get; init; }
    [JsonPropertyName("id_token")] public string? IdToken { get; init; }
    [JsonPropertyName("error")] public string? Error { get; init; }

    /// <summary>Not JSON (a proxy's page) = nothing told.</summary>
    public static async Task<TokenAnswer> Read(HttpResponseMessage response, CancellationToken ct)
    {
        var body = await response.Content.ReadAsByteArrayAsync(ct);
        try
        {
            return body.Length == 0 ? new() : JsonSerializer.Deserialize<TokenAnswer>(body) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }

    public GoogleTokens ToTokens(DateTimeOffset now)
    {
        var who = IdToken is null ? null : IdTokenClaims.Read(IdToken);
        return new()
        {
            AccessToken = AccessToken!,
            ExpiresAt = now.AddSeconds(ExpiresIn ?? 3600),
            RefreshToken = RefreshToken,
            Scopes = GoogleScopes.Split(Scope ?? ""),
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
