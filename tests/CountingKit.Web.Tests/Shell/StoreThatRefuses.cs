using System.Net;
using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The event store's password was changed, and the portal's setting was not.</summary>
public sealed class StoreThatRefuses : IAsyncLifetime
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    private readonly TempFolder folder = new();
    private readonly Dictionary<string, EventStoreDbUser> users = new() { ["adm"] = new("right", true) };
    private TestCertificates certificates = null!;
    private EventStoreDbNode node = null!;
    private ListenedTo portal = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(folder.Path);
        certificates = new TestCertificates(folder.Path);
        node = await EventStoreDbNode.Start(new() { Tls = certificates, Users = users });
        portal = new()
        {
            Settings = new() { ["EventStore:ConnectionString"] = $"esdb://adm:right@127.0.0.1:{node.Port}?tlsVerifyCert=false" },
        };
        await portal.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await portal.DisposeAsync();
        await node.DisposeAsync();
        certificates.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task It_is_told_in_single_lines_and_seldom_and_everything_goes_on_when_the_password_is_right_again()
    {
        var owner = await portal.Owner();
        var before = portal.Lines.Count;

        users["adm"] = new("another", true);
        node.CutConnections();
        await Task.Delay(Watched);

        var said = portal.Lines.Skip(before).ToList();
        said.Should().Contain(line => line.Contains("password is wrong")).And.OnlyContain(line => !line.Contains('\n'));
        said.Should().HaveCountLessThan(100, "each of the loops waits longer after each failure, 15 s at most");
        said.Should().NotContain(line => line.Contains("right") || line.Contains("another"));
        using var http = portal.CreateClient();
        var ready = await http.GetAsync("/health/ready");
        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).Should().Contain("password is wrong").And.NotContain("Exception");

        users["adm"] = new("right", true);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await http.GetAsync("/health/ready", stop.Token)).IsSuccessStatusCode) await Task.Delay(150, stop.Token);
        (await owner.Get("/audit")).Status.Should().Be(HttpStatusCode.OK);
    }
}
