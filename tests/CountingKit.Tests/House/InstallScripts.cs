using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CountingKit.Testing;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.House;

/// <summary>The scripts under <c>eventstore</c> that an engineer, or Compose, runs before the first start.</summary>
[UnsupportedOSPlatform("windows")]
[Trait("Speed", "Slow")]
public sealed class InstallScripts : IDisposable
{
    private static readonly string Scripts = Path.GetFullPath(Path.Combine(BuiltPaths.Tests, "..", "eventstore"));

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_node_proves_its_name_to_who_trusts_the_authority_and_no_other_name()
    {
        await Certificates("node-a", "node-b");

        (await Handshake("node-a", calls: "node-a", client: "node-b")).Should().BeNull();
        (await Handshake("node-a", calls: "localhost", client: "node-b")).Should().BeNull();
        (await Handshake("node-a", calls: "node-b", client: "node-b")).Should().BeOfType<AuthenticationException>();
    }

    [Fact]
    public async Task The_nodes_of_a_cluster_have_one_common_name_and_are_servers_and_clients()
    {
        await Certificates("node-a", "node-b");

        foreach (var node in new[] { "node-a", "node-b" })
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(InFolder(node, "node.crt"));
            certificate.Subject.Should().Be("CN=eventstoredb-node");
            certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages
                .Cast<Oid>().Select(usage => usage.Value)
                .Should().BeEquivalentTo("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
            certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames()
                .Should().BeEquivalentTo(node, "localhost");
        }
    }

    [Fact]
    public async Task Keys_are_their_owners_alone_and_the_authoritys_key_lies_where_no_container_looks()
    {
        await Certificates("node-a");

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new[] { InFolder("ca.key"), InFolder("node-a", "node.key") }.Select(File.GetUnixFileMode)
            .Should().OnlyContain(mode => mode == owner);
        Directory.GetFiles(InFolder("ca")).Select(Path.GetFileName).Should().BeEquivalentTo("ca.crt");
    }

    [Fact]
    public async Task What_is_there_stays_and_renewing_keeps_the_authority()
    {
        await Certificates("node-a");
        var (authority, node) = (await Read("ca", "ca.crt"), await Read("node-a", "node.crt"));

        await Certificates("node-a", "node-b");
        (await Read("ca", "ca.crt"), await Read("node-a", "node.crt")).Should().Be((authority, node));

        await Certificates("--renew", "node-a");
        (await Read("ca", "ca.crt")).Should().Be(authority);
        (await Read("node-a", "node.crt")).Should().NotBe(node);
        (await Handshake("node-a", calls: "node-a", client: "node-b")).Should().BeNull();
    }

    [Theory]
    [InlineData("--unknown")]
    [InlineData("../elsewhere")]
    [InlineData("ca")]
    public async Task What_it_does_not_understand_makes_nothing(string argument)
    {
        var (exit, _) = await Run("certificates.sh", [], "--into", InFolder("new"), argument);

        exit.Should().Be(2);
        Directory.Exists(InFolder("new")).Should().BeFalse();
    }

    [Theory]
    [InlineData("", "is missing")]
    [InlineData("short", "at least 16 characters")]
    [InlineData("with;a=strange@character", "letters, digits")]
    public async Task A_password_that_would_not_do_stops_the_start_by_name_and_never_by_value(string password, string complaint)
    {
        var (exit, said) = await Run("settings.sh", new()
        {
            ["EVENTSTORE_ADMIN_PASSWORD"] = "0123456789abcdef", ["EVENTSTORE_OPS_PASSWORD"] = "0123456789abcdef",
            ["POSTGRES_PASSWORD"] = password,
        });

        exit.Should().Be(1);
        said.Should().Contain("POSTGRES_PASSWORD").And.Contain(complaint).And.NotContain("EVENTSTORE");
        if (password.Length > 0) said.Should().NotContain(password);
    }

    [Fact]
    public async Task Good_passwords_pass_in_silence()
    {
        string[] names = ["EVENTSTORE_ADMIN_PASSWORD", "EVENTSTORE_OPS_PASSWORD", "POSTGRES_PASSWORD"];

        (await Run("settings.sh", names.ToDictionary(name => name, _ => "0123456789abcdef"))).Should().Be((0, ""));
    }

    private async Task Certificates(params string[] arguments)
    {
        var (exit, said) = await Run("certificates.sh", [], ["--into", folder.Path, .. arguments]);
        exit.Should().Be(0, said);
    }

    /// <summary>What the caller makes of a node that answers on loopback; both show a certificate. Null = they agree.</summary>
    private async Task<Exception?> Handshake(string node, string calls, string client)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var caller = new TcpClient();
        var accepting = listener.AcceptTcpClientAsync();
        await caller.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var called = await accepting;
        await using var server = new SslStream(called.GetStream());
        await using var outgoing = new SslStream(caller.GetStream());
        using var serverCertificate = Pair(node);
        using var clientCertificate = Pair(client);
        var answering = server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = serverCertificate, ClientCertificateRequired = true, CertificateChainPolicy = Trust(),
        });
        try
        {
            await outgoing.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = calls, ClientCertificates = [clientCertificate], CertificateChainPolicy = Trust(),
            });
        }
        catch (AuthenticationException refused)
        {
            caller.Close();
            await answering.ContinueWith(_ => { }, TaskScheduler.Default);
            return refused;
        }

        await answering;
        return null;
    }

    private X509ChainPolicy Trust() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(InFolder("ca", "ca.crt")) },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private X509Certificate2 Pair(string node) =>
        X509Certificate2.CreateFromPemFile(InFolder(node, "node.crt"), InFolder(node, "node.key"));

    private string InFolder(params string[] parts) => Path.Combine([folder.Path, .. parts]);

    private Task<string> Read(params string[] parts) => File.ReadAllTextAsync(InFolder(parts));

    private static async Task<(int Exit, string Said)> Run(
        string script, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Scripts, script), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, await output + await errors);
    }
}
