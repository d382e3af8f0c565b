using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CountingKit.Adapters.SignIns;

namespace CountingKit.Adapters.Xero;

/// <summary>What a grant's secret holds, as JSON before it is sealed. Never printed.</summary>
internal sealed record TokenPair(string Access, string Refresh)
{
    public const string Purpose = "xero-grant";

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static TokenPair From(byte[] bytes) =>
        JsonSerializer.Deserialize<TokenPair>(bytes) ?? throw new JsonException("An empty token pair.");

    public override string ToString() => nameof(TokenPair);
}

/// <summary>
/// What Xero's tokens say of the consent. They came straight from the token endpoint over TLS and decide nothing about
/// who may use CountingKit, so their signatures are not checked.
/// </summary>
internal sealed record XeroClaims(
    Guid XeroUserId, Guid? AuthEventId, IReadOnlyList<string>? Scopes, string? PersonName, string? PersonEmail)
{
    /// <returns>Null = neither token says whose it is.</returns>
    public static XeroClaims? Of(TokenAnswer answer)
    {
        using var access = Payload(answer.AccessToken);
        using var identity = Payload(answer.IdToken);
        return (Id(access, "xero_userid") ?? Id(identity, "xero_userid")) is { } user
            ? new XeroClaims(
                user, Id(access, "authentication_event_id"), ScopesOf(access), Name(identity), Text(identity, "email"))
            : null;
    }

    /// <summary>An identity token that is absent or opaque tells nothing, and so nothing wrong.</summary>
    public IdTokenFlaw FlawOf(TokenAnswer answer, XeroOptions app, DateTimeOffset now)
    {
        using var identity = Payload(answer.IdToken);
        if (identity is not { RootElement.ValueKind: JsonValueKind.Object }) return IdTokenFlaw.None;
        return Id(identity, "xero_userid") is { } user && user != XeroUserId
            ? IdTokenFlaw.NotForUs
            : IdToken.Flaw(identity.RootElement, app.Issuers, app.ClientId, now);
    }

    /// <summary>The permissions that the access token itself names; null = it names none.</summary>
    public static IReadOnlyList<string>? ScopesIn(string accessToken)
    {
        using var access = Payload(accessToken);
        return ScopesOf(access);
    }

    /// <returns>Null = absent, or a token that tells nothing.</returns>
    private static JsonDocument? Payload(string? token)
    {
        if (token?.Split('.') is not [_, var payload, _]) return null;
        try
        {
            return JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        }
        catch (Exception opaque) when (opaque is FormatException or JsonException)
        {
            return null;
        }
    }

    private static Guid? Id(JsonDocument? claims, string name) =>
        Guid.TryParse(Text(claims, name), out var id) ? id : null;

    private static string? Text(JsonDocument? claims, string name) =>
        claims is { RootElement.ValueKind: JsonValueKind.Object }
        && claims.RootElement.TryGetProperty(name, out var claim)
        && claim.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(claim.GetString())
            ? Tidy(claim.GetString()!) : null;

    private static string? Name(JsonDocument? claims)
    {
        var name = string.Join(' ', new[] { Text(claims, "given_name"), Text(claims, "family_name") }.OfType<string>());
        return name.Length > 0 ? name : Text(claims, "name") ?? Text(claims, "preferred_username");
    }

    private static string[]? ScopesOf(JsonDocument? claims)
    {
        if (claims is not { RootElement.ValueKind: JsonValueKind.Object }
            || !claims.RootElement.TryGetProperty("scope", out var scope)) return null;
        return scope.ValueKind switch
        {
            JsonValueKind.Array => [.. scope.EnumerateArray()
                .Where(s => s.ValueKind == JsonValueKind.String).Select(s => s.GetString()!)],
            JsonValueKind.String => XeroScopes.Split(scope.GetString()!),
            _ => null,
        };
    }

    /// <summary>Foreign text: without control characters, and no longer than its column.</summary>
    private static string Tidy(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var c in text.Where(c => !char.IsControl(c)).Take(300)) kept.Append(c);
        return kept.ToString();
    }
}
