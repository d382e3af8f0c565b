using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>A certificate for localhost and 127.0.0.1, signed by an authority made for the purpose.</summary>
public sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1);

    /// <param name="folder">Where the authority's certificate goes, as <c>ca.crt</c>.</param>
    /// <param name="isExpired">The server's is; its authority's is not.</param>
    public TestCertificates(string folder, bool isExpired = false)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=CountingKit test authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var root = authority.CreateSelfSigned(From.AddDays(-30), From.AddDays(30));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=eventstoredb-node", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var (begin, end) = isExpired ? (From.AddDays(-29), From) : (From, From.AddDays(29));
        using var signed = request.Create(root, begin, end, RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        Server = X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);

        AuthorityFile = Path.Combine(folder, "ca.crt");
        File.WriteAllText(AuthorityFile, root.ExportCertificatePem());
    }

    /// <summary>Those that somebody else made, all as PEM.</summary>
    public TestCertificates(string authorityFile, string certificateFile, string keyFile)
    {
        using var whole = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        Server = X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
        AuthorityFile = authorityFile;
    }

    /// <summary>PEM, for <c>tlsCaFile</c>.</summary>
    public string AuthorityFile { get; }

    internal X509Certificate2 Server { get; }

    public void Dispose() => Server.Dispose();
}
