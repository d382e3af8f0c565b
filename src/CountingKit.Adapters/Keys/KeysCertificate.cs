using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CountingKit.Adapters.Keys;

/// <summary>The certificate that wraps the keys: whoever has their folder alone has nothing.</summary>
internal static class KeysCertificate
{
    /// <param name="file">PEM with an RSA certificate and its private key, or PKCS #12 without a password.</param>
    /// <exception cref="ArgumentException">There is no such file, or not both in it. The message names the setting alone.</exception>
    public static X509Certificate2 Load(string file)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.GetCertContentType(file) is X509ContentType.Pkcs12
                ? X509CertificateLoader.LoadPkcs12FromFile(file, null)
                : X509Certificate2.CreateFromPemFile(file);
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Unfit();
        }

        using var key = certificate.GetRSAPrivateKey();
        return key is not null ? certificate : throw Unfit();
    }

    private static ArgumentException Unfit() => new(
        "Keys__Certificate must name a file with an RSA certificate and its private key: PEM, or PKCS #12 without a password.");
}
