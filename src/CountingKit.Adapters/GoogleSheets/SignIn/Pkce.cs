using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Proof key for code exchange, RFC 7636, method S256.</summary>
public static class Pkce
{
    /// <summary>256 random bits; also good for <c>state</c>.</summary>
    public static string NewVerifier() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Challenge(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
