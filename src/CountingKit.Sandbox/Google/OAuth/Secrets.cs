using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CountingKit.Sandbox.Google.OAuth;

/// <summary>Codes and tokens. Only their hashes are kept.</summary>
internal static class Secrets
{
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string KeyOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
