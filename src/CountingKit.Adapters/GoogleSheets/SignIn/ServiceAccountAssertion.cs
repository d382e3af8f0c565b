using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>With this a service account asks for an access token (RFC 7523, RS256, one hour).</summary>
internal static class ServiceAccountAssertion
{
    public static string Sign(ServiceAccountKey key, string scope, string audience, DateTimeOffset now)
    {
        var header = Part(new { alg = "RS256", typ = "JWT", kid = key.KeyId });
        var claims = Part(new
        {
            iss = key.ClientEmail,
            scope,
            aud = audience,
            iat = now.ToUnixTimeSeconds(),
            exp = now.AddHours(1).ToUnixTimeSeconds(),
        });
        var signed = $"{header}.{claims}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Part(object content) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));
}
