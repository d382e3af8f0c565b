using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Protocol.Features;
using CountingKit.Testing.EventStoreDb.Protocol.Gossip;
using Grpc.Core;
using static CountingKit.Tests.EventStoreDb.StandInClient;
using AppendOptions = CountingKit.Testing.EventStoreDb.Protocol.Streams.AppendReq.Types.Options;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>Users, TLS and what is open to everybody.</summary>
public sealed class StandInAccess : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private TestCertificates _certificates = null!;
    private EventStoreDbNode _node = null!;
    private StandInClient _client = null!;

    public async Task InitializeAsync()
    {
        _certificates = new(_folder.Path);
        _node = await EventStoreDbNode.Start(new()
        {
            Tls = _certificates,
            Users = new Dictionary<string, EventStoreDbUser> { ["admin"] = new("changeit", true), ["ops"] = new("secret", false) },
        });
        _client = new(_node.Address, TrustingHandler());
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _node.DisposeAsync();
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(null, StatusCode.PermissionDenied)]
    [InlineData("admin:wrong", StatusCode.Unauthenticated)]
    [InlineData("nobody:secret", StatusCode.Unauthenticated)]
    [InlineData("ops:secret", StatusCode.OK)]
    [InlineData("admin:changeit", StatusCode.OK)]
    public async Task A_stream_is_open_to_every_user(string? user, StatusCode status) =>
        (await StatusOf(() => Append("order-1", user))).Should().Be(status);

    [Theory]
    [InlineData("ops:secret", StatusCode.PermissionDenied)]
    [InlineData("admin:changeit", StatusCode.OK)]
    public async Task System_streams_and_the_whole_log_are_open_to_admins(string user, StatusCode status)
    {
        using var all = _client.Streams.Read(new() { Options = All() }, Headers(user));

        (await StatusOf(() => Append("$mine", user))).Should().Be(status);
        (await StatusOf(async () => await all.ResponseStream.ReadAllAsync().CountAsync())).Should().Be(status);
    }

    [Fact]
    public async Task A_list_of_access_may_open_the_whole_log()
    {
        await Append("$$$all", "admin:changeit", """{"$acl":{"$r":["ops"]}}""");
        using var all = _client.Streams.Read(new() { Options = All() }, Headers("ops:secret"));

        (await StatusOf(async () => await all.ResponseStream.ReadAllAsync().CountAsync())).Should().Be(StatusCode.OK);
    }

    [Fact]
    public async Task Gossip_and_features_are_open_to_everybody()
    {
        var cluster = await new Gossip.GossipClient(_client.Channel).ReadAsync(new());
        var features = await new ServerFeatures.ServerFeaturesClient(_client.Channel).GetSupportedMethodsAsync(new());

        var member = cluster.Members.Should().ContainSingle().Which;
        member.State.Should().Be(MemberInfo.Types.VNodeState.Leader);
        member.HttpEndPoint.Port.Should().Be((uint)_node.Port);
        features.EventStoreServerVersion.Should().Be("23.10.6");
        features.Methods.Should().Contain(method => method.MethodName == "append");
    }

    [Fact]
    public async Task Who_does_not_know_the_authority_meets_an_internal_error()
    {
        using var stranger = new StandInClient(_node.Address);

        (await StatusOf(() => stranger.AppendAny("order-1", Event()))).Should().Be(StatusCode.Internal);
    }

    [Fact]
    public async Task Health_and_information_are_answered_over_the_old_protocol_with_and_without_tls()
    {
        await using var plain = await EventStoreDbNode.Start();
        foreach (var (address, handler) in ((Uri, SocketsHttpHandler)[])[(_node.Address, TrustingHandler()), (plain.Address, new())])
        {
            using var http = new HttpClient(handler) { BaseAddress = address };
            var health = await http.GetAsync("health/live");

            health.StatusCode.Should().Be(HttpStatusCode.NoContent);
            health.Version.Should().Be(HttpVersion.Version11);
            (await http.GetStringAsync("info")).Should().Contain("23.10.6");
        }
    }

    private static async Task<StatusCode> StatusOf(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    private static Metadata Headers(string? user) => user is null
        ? []
        : new Metadata { { "authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(user))}" } };

    private Task Append(string stream, string? user, string data = "{}") => _client.Append(
        new AppendOptions { StreamIdentifier = Name(stream), Any = new() }, [Event(type: "$metadata", data: data)], Headers(user));

    private SocketsHttpHandler TrustingHandler() => new()
    {
        SslOptions = new()
        {
            CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(_certificates.AuthorityFile) },
            },
        },
    };
}
