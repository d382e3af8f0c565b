using System.Security.Cryptography;
using System.Text;

namespace CountingKit.Sandbox.Xero;

/// <summary>Ids that are the same in every sandbox: made from a text.</summary>
internal static class DerivedId
{
    public static string Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
