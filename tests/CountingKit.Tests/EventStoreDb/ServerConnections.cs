using CountingKit.Adapters.EventStoreDb.Client;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;
using EventStoreDbOptions = CountingKit.Adapters.EventStoreDb.EventStoreDbOptions;
using static CountingKit.Tests.EventStoreDb.TestStores;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>TLS and users: what works, and how the health page tells what does not.</summary>
public sealed class ServerConnections : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(60));
    private TestCertificates certificates = null!;
    private EventStoreDbNode node = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(folder.Path);
        certificates = new TestCertificates(folder.Path);
        node = await EventStoreDbNode.Start(new()
        {
            Tls = certificates,
            Users = new Dictionary<string, EventStoreDbUser> { ["adm"] = new("p@ss:/?%", true), ["ops"] = new("plain", false) },
        });
    }

    public async Task DisposeAsync()
    {
        await node.DisposeAsync();
        certificates.Dispose();
        folder.Dispose();
        giveUp.Dispose();
    }

    [Fact]
    public async Task A_trusted_authority_and_a_known_user_are_let_in()
    {

        await using var store = Open(With("ops:plain@", Authority));

        await store.Append("order-1", ExpectedRevision.NoStream, Events(1), giveUp.Token);

        (await store.Ids("order-1", giveUp.Token)).Should().ContainSingle();
    }

    [Fact]
    public async Task Any_certificate_will_do_where_none_is_checked()
    {
        await using var store = Open(With("ops:plain@", "tlsVerifyCert=false"));

        (await store.Ids("order-1", giveUp.Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task An_authority_that_is_not_trusted_is_told_as_a_matter_of_settings() =>
        await Told(With("ops:plain@", "tls=true"), "*certificate is not trusted*Check tls=, tlsCaFile=*", "CK-STORE-16");

    [Fact]
    public async Task A_certificate_of_another_host_is_not_trusted() =>
        await Told($"esdb://ops:plain@[::ffff:127.0.0.1]:{node.Port}?{Authority}", "*names another host*", "CK-STORE-16");

    [Fact]
    public async Task Plain_http_to_an_encrypted_port_says_what_to_check() =>
        await Told(With("ops:plain@", "tls=false"), "*Check tls= *", "CK-STORE-01");

    [Fact]
    public async Task Encryption_to_a_plain_port_says_what_to_check()
    {
        await using var plain = await EventStoreDbNode.Start();

        await Told($"esdb://127.0.0.1:{plain.Port}", "*Check tls=*", "CK-STORE-16");
    }

    [Fact]
    public async Task An_expired_certificate_is_told_as_one_to_be_renewed_and_not_as_a_wrong_setting()
    {
        Directory.CreateDirectory(folder["expired"]);
        using var expired = new TestCertificates(folder["expired"], isExpired: true);
        await using var late = await EventStoreDbNode.Start(new() { Tls = expired });

        await Told(late.ConnectionString, "*certificate has expired*Renew it there*", "CK-STORE-15");
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_not_repeated() =>
        await Told(With("ops:wr0ng@", Authority), "*password is wrong*", "CK-STORE-12");

    [Fact]
    public async Task That_the_server_wants_a_user_is_told_to_who_names_none() =>
        await Told(With("", Authority), "*wants a user*names none*Add user:password@*", "CK-STORE-13");

    [Fact]
    public async Task A_user_without_the_right_to_the_whole_log_is_told() =>
        await Told(With("ops:plain@", Authority), "*$admins*", "CK-STORE-14");

    [Fact]
    public async Task The_servers_version_is_told_to_anybody()
    {
        using var client = new EventStoreClient(
            EventStoreClientSettings.Create(With("", Authority)), TimeProvider.System);

        (await client.GetServerVersionAsync(giveUp.Token)).Should().Be("23.10.6");
    }

    [Fact]
    public void A_certificate_file_that_is_not_there_stops_the_start()
    {
        var parse = () => EventStoreDbOptions.Parse("esdb://h?tlsCaFile=missing.crt", folder.Path);

        parse.Should().Throw<FormatException>().WithMessage("tlsCaFile names no PEM file*");
    }

    private string Authority => $"tlsCaFile={Uri.EscapeDataString(certificates.AuthorityFile)}";

    private string With(string user, string options) => $"esdb://{user}127.0.0.1:{node.Port}?{options}";

    /// <param name="code">What pages call it by.</param>
    private async Task Told(string connectionString, string message, string code)
    {
        await using var store = Open(connectionString);
        var read = () => store.AllIds(giveUp.Token);

        var told = await read.Should().ThrowAsync<EventStoreUnavailableException>().WithMessage(message);
        told.Which.ToString().Should().NotContain("ops:plain").And.NotContain("wr0ng");
        told.Which.Code.Code.Should().Be(code);
    }
}
