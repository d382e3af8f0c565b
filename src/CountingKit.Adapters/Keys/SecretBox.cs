using System.Security.Cryptography;
using CountingKit.Vault;
using Microsoft.AspNetCore.DataProtection;

namespace CountingKit.Adapters.Keys;

/// <summary>Seals with ASP.NET Core Data Protection, whose keys lie in a folder of their own.</summary>
internal sealed class SecretBox(IDataProtectionProvider provider) : ISecretBox
{
    public byte[] Seal(string purpose, ReadOnlySpan<byte> secret) =>
        provider.CreateProtector("vault", purpose).Protect(secret.ToArray());

    public byte[] Open(string purpose, byte[] sealedSecret)
    {
        try
        {
            return provider.CreateProtector("vault", purpose).Unprotect(sealedSecret);
        }
        catch (CryptographicException missing)
        {
            throw new KeysMissingException(missing);
        }
    }
}
