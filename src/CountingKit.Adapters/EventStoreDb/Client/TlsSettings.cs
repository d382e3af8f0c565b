using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>Whom to trust and who to be, on an encrypted connection; read from its files once.</summary>
internal sealed class TlsSettings : IDisposable
{
    private readonly bool verifies;
    private readonly X509Certificate2Collection? authorities;
    private readonly X509Certificate2? own;

    /// <exception cref="FormatException">A file of the settings cannot be read or holds something else.</exception>
    public TlsSettings(EventStoreClientSettings settings)
    {
        verifies = settings.TlsVerifyCert;
        if (!settings.Tls) return;
        authorities = settings.TlsCaFile is { } file ? Authorities(file) : null;
        own = settings is { UserCertFile: { } certificate, UserKeyFile: { } key } ? Own(certificate, key) : null;
    }

    /// <summary>For one channel; the host's name is checked unless no certificate is.</summary>
    public SslClientAuthenticationOptions ToOptions()
    {
        var options = new SslClientAuthenticationOptions();
        if (own is not null) options.ClientCertificates = [own];
        if (!verifies)
        {
#pragma warning disable CA5359 // Asked for by tlsVerifyCert=false, which is documented as for development only.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (authorities is not null)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(authorities);
            options.CertificateChainPolicy = policy;
        }

        return options;
    }

    public void Dispose()
    {
        own?.Dispose();
        foreach (var authority in authorities ?? []) authority.Dispose();
    }

    private static X509Certificate2Collection Authorities(string file) => Read("tlsCaFile", () =>
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates.Count > 0 ? certificates : throw new CryptographicException("No certificate.");
    });

    private static X509Certificate2 Own(string certificate, string key) => Read("userCertFile or userKeyFile", () =>
    {
        // Through PKCS #12, because some systems take no key that is in memory alone.
        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
    });

    private static T Read<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (wrong
            is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new FormatException($"{option} names no PEM file that can be read.", wrong);
        }
    }
}
