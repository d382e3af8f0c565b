using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.Postgres;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using Npgsql;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// What docker-compose.yml starts, started by hand: the published portal with exactly a service's settings (but for host
/// names and folders), an empty PostgreSQL database, and EventStoreDB nodes with the certificates that the script makes.
/// </summary>
public sealed partial class ComposedPortals : IAsyncLifetime
{
    private const string Admin = "0123456789abcdef-admin";

    private static readonly string Root = Path.GetFullPath(Path.Combine(BuiltPaths.Tests, ".."));

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["EVENTSTORE_ADMIN_PASSWORD"] = Admin, ["POSTGRES_PASSWORD"] = "0123456789abcdef-tables",
    };

    private readonly TempFolder folder = new();
    private readonly PostgresDatabase database = PostgresDatabase.Empty();
    private JsonNode services = null!;

    public async Task InitializeAsync()
    {
        services = (await NodeScript.Run("compose.mjs", Path.Combine(Root, "docker-compose.yml")))["file"]!["services"]!;
        using var made = Process.Start("bash", [
            Path.Combine(Root, "eventstore", "certificates.sh"), "--into", folder["certificates"], "node",
        ]);
        await made.WaitForExitAsync();
        made.ExitCode.Should().Be(0);
    }

    public Task DisposeAsync()
    {
        database.Dispose();
        folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_portal_of_the_profile_single_exports_and_is_there_again_after_a_restart()
    {
        using var certificates = Certificates();
        await using var node = await EventStoreDbNode.Start(Options(certificates));
        await using var journey = await Begin("portal-single", ("eventstore:2113", Address(node)));
        var exporter = await journey.ToExporter();

        var first = await journey.Run(exporter);
        await journey.Portal.Kill();
        await journey.Portal.Restart();
        var second = await journey.Run(exporter);

        first["status"]!.GetValue<string>().Should().BeOneOf("Completed", "Warnings");
        second["status"]!.GetValue<string>().Should().Be("NoChanges");
    }

    [Fact]
    public async Task The_portals_of_the_profile_cluster_go_on_when_the_leader_is_gone()
    {
        using var certificates = Certificates();
        await using var cluster = await EventStoreDbCluster.Start(Options(certificates));
        Settings("portal-2").Should().BeEquivalentTo(Settings("portal-1"));
        await using var journey = await Begin("portal-1", [.. cluster.Nodes.Select(
            (node, i) => (string.Create(CultureInfo.InvariantCulture, $"eventstore-{i + 1}:2113"), Address(node)))]);
        await using var second = await journey.Portal.StartBeside();
        var exporter = await journey.ToExporter();
        (await journey.Run(exporter))["status"]!.GetValue<string>().Should().BeOneOf("Completed", "Warnings");

        await cluster.KillLeader();
        await journey.Portal.Kill();
        using var api = new HttpClient { BaseAddress = second.Address };
        api.DefaultRequestHeaders.Authorization = new("Bearer", second.Secrets.ApiKey);
        using var asked = await api.PostAsync($"api/v1/exporters/{exporter}/runs", null);

        asked.IsSuccessStatusCode.Should().BeTrue(await asked.Content.ReadAsStringAsync());
        await journey.Portal.Restart();
        var run = JsonNode.Parse(await asked.Content.ReadAsStringAsync())!["id"]!.GetValue<Guid>();
        (await journey.Ended(run))["status"]!.GetValue<string>().Should().Be("NoChanges");
    }

    private static EventStoreDbOptions Options(TestCertificates certificates) => new()
    {
        Tls = certificates,
        Users = new Dictionary<string, EventStoreDbUser> { ["admin"] = new(Admin, IsAdmin: true) },
    };

    private static string Address(EventStoreDbNode node) =>
        string.Create(CultureInfo.InvariantCulture, $"{EventStoreDbNode.Host}:{node.Port}");

    private TestCertificates Certificates() => new(
        folder["certificates/ca/ca.crt"], folder["certificates/node/node.crt"], folder["certificates/node/node.key"]);

    private async Task<Journey> Begin(string service, params (string Name, string Address)[] hosts)
    {
        var tables = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        List<(string, string)> places =
        [
            .. hosts, ("/certificates/ca.crt", folder["certificates/ca/ca.crt"]), ("Host=postgres", $"Host={tables.Host}"),
            ("Database=countingkit", $"Database={tables.Database}"), ("/data/", folder["data/"]),
        ];
        var settings = Settings(service).Select(setting => (
            setting.Key, setting.Value == "/keys"
                ? folder["keys"]
                : places.Aggregate(setting.Value, (value, place) => value.Replace(place.Item1, place.Item2))));
        return await Journey.Begin(
            await SandboxProcess.Start("--Organizations=1", "--Invoices=40"), StorageKind.Sqlite, [.. settings]);
    }

    /// <summary>As Compose gives them: variables filled in, and left out what .env does not set.</summary>
    private Dictionary<string, string> Settings(string service) => services[service]!["environment"]!.AsObject()
        .Where(setting => setting.Value is not null)
        .ToDictionary(setting => setting.Key, setting => Filled(setting.Value!.ToString()));

    private static string Filled(string text)
    {
        while (Variable().Match(text) is { Success: true } found)
            text = text.Replace(
                found.Value, Environment.GetValueOrDefault(found.Groups["name"].Value, found.Groups["otherwise"].Value));
        return text;
    }

    /// <summary>The innermost first.</summary>
    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_]+):-(?<otherwise>[^{}]*)\}")]
    private static partial Regex Variable();
}
