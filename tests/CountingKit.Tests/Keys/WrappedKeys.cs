using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CountingKit.Adapters.Keys;
using CountingKit.Testing;
using CountingKit.Vault;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.Keys;

/// <summary>Keys that a certificate wraps are worth nothing without it.</summary>
[Trait("Speed", "Slow")]
public sealed class WrappedKeys : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_the_certificate_what_was_sealed_is_opened_and_without_it_the_keys_are_missing(bool asPem)
    {
        var file = Certificate(asPem);
        var secret = Box(file).Seal("grant", "refresh token"u8);
        foreach (var key in Directory.EnumerateFiles(folder["keys"]))
            File.ReadAllText(key).Should().Contain("EncryptedData").And.NotContain("<masterKey");

        Box(file).Open("grant", secret).Should().Equal("refresh token"u8.ToArray());
        var without = () => Box(null).Open("grant", secret);

        without.Should().Throw<KeysMissingException>();
    }

    [Fact]
    public void Keys_from_before_are_still_read()
    {
        var secret = Box(null).Seal("grant", "refresh token"u8);

        Box(Certificate(asPem: true)).Open("grant", secret).Should().Equal("refresh token"u8.ToArray());
    }

    [Fact]
    public void A_certificate_without_its_key_is_refused_and_the_setting_named()
    {
        using var rsa = RSA.Create(2048);
        using var certificate = Made(rsa);
        File.WriteAllText(folder["public.pem"], certificate.ExportCertificatePem());

        var start = () => Box(folder["public.pem"]);

        start.Should().Throw<ArgumentException>().Which.Message.Should().StartWith("Keys__Certificate ");
    }

    private ISecretBox Box(string? certificate) => new ServiceCollection().AddLogging()
        .AddKeys("keys", folder.Path, certificate).BuildServiceProvider().GetRequiredService<ISecretBox>();

    private string Certificate(bool asPem)
    {
        using var rsa = RSA.Create(2048);
        using var certificate = Made(rsa);
        var file = folder[asPem ? "wrap.pem" : "wrap.p12"];
        if (asPem) File.WriteAllText(file, $"{certificate.ExportCertificatePem()}\n{rsa.ExportPkcs8PrivateKeyPem()}\n");
        else File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12));
        return file;
    }

    private static X509Certificate2 Made(RSA key) =>
        new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
}
