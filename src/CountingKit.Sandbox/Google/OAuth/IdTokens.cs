using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.State;

namespace CountingKit.Sandbox.Google.OAuth;

/// <summary>OpenID Connect id_tokens, signed with a key that is kept nowhere.</summary>
internal sealed class IdTokens(TimeProvider clock)
{
    private const string KeyId = "sandbox";
    private static readonly Lazy<RSA> Key = new(() => RSA.Create(2048));

    public string Issue(Person person, string clientId, IReadOnlyList<string> scopes, string? nonce)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = "https://accounts.google.com", ["azp"] = clientId, ["aud"] = clientId, ["sub"] = person.Sub,
            ["iat"] = now, ["exp"] = now + 3599,
        };
        if (scopes.Contains(Scopes.Email)) (claims["email"], claims["email_verified"]) = (person.Email, true);
        if (scopes.Contains(Scopes.Profile)) claims["name"] = person.Name;
        if (nonce is not null) claims["nonce"] = nonce;
        var text = Part(new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId, ["typ"] = "JWT" }) + "." + Part(claims);
        var signature = Key.Value.SignData(
            Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return text + "." + Base64Url.EncodeToString(signature);
    }

    /// <summary>The public key as a JSON Web Key set.</summary>
    public static JsonObject Certificates()
    {
        var numbers = Key.Value.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = KeyId,
                ["n"] = Base64Url.EncodeToString(numbers.Modulus), ["e"] = Base64Url.EncodeToString(numbers.Exponent),
            }),
        };
    }

    private static string Part(JsonObject json) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
