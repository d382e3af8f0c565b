using System.Text.Json;

namespace CountingKit.Adapters.SignIns;

internal enum IdTokenFlaw
{
    None,
    /// <summary>Made by somebody else, or for another app.</summary>
    NotForUs,
    /// <summary>Over already when it arrived, or made in the future: the clocks disagree.</summary>
    OutOfTime,
}

/// <summary>
/// Whether what an id_token says is meant for us (OpenID Connect Core, 3.1.3.7). It came straight from the token address,
/// so its signature needs no check.
/// </summary>
internal static class IdToken
{
    /// <summary>By how much two clocks may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <param name="issuers">Any of them will do; a last slash does not matter.</param>
    public static IdTokenFlaw Flaw(
        JsonElement claims, IEnumerable<string> issuers, string? clientId, DateTimeOffset now)
    {
        if (Text(claims, "iss") is not { } issuer || !issuers.Any(known => known.TrimEnd('/') == issuer.TrimEnd('/'))
            || !IsFor(claims, clientId))
            return IdTokenFlaw.NotForUs;
        var isMade = (Time(claims, "nbf") ?? Time(claims, "iat")) is not { } begins || begins - Skew < now;
        return isMade && Time(claims, "exp") is { } ends && ends + Skew > now ? IdTokenFlaw.None : IdTokenFlaw.OutOfTime;
    }

    /// <summary>One audience, or several of which we are the one it was made for.</summary>
    private static bool IsFor(JsonElement claims, string? clientId)
    {
        if (clientId is null || !claims.TryGetProperty("aud", out var audience)) return false;
        return audience.ValueKind switch
        {
            JsonValueKind.String => audience.GetString() == clientId,
            JsonValueKind.Array when audience.EnumerateArray().Any(
                one => one.ValueKind == JsonValueKind.String && one.GetString() == clientId) =>
                audience.GetArrayLength() == 1 || Text(claims, "azp") == clientId,
            _ => false,
        };
    }

    /// <summary>Null = it does not say, or nothing that could be true.</summary>
    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var time) && time.ValueKind == JsonValueKind.Number
        && time.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
