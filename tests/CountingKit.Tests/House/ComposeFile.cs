using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.House;

/// <summary>docker-compose.yml, read as Compose reads it: what a firm installs is whole, closed and documented.</summary>
public sealed partial class ComposeFile : IAsyncLifetime
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(BuiltPaths.Tests, ".."));
    private static readonly Lazy<Task<JsonNode>> Reading = new(
        () => NodeScript.Run("compose.mjs", Path.Combine(Root, "docker-compose.yml")));

    private JsonNode read = null!;

    private Dictionary<string, JsonNode> Services =>
        read["file"]!["services"]!.AsObject().ToDictionary(service => service.Key, service => service.Value!);

    private Dictionary<string, JsonNode> Portals =>
        Services.Where(service => service.Value["build"] is not null).ToDictionary();

    public async Task InitializeAsync() => read = await Reading.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void It_keeps_to_the_Compose_specification() => read["errors"]!.AsArray().Should().BeEmpty();

    [Theory]
    [InlineData("embedded", "portal-embedded")]
    [InlineData("single", "eventstore portal-single postgres settings")]
    [InlineData("cluster", "eventstore-1 eventstore-2 eventstore-3 portal-1 portal-2 postgres proxy settings")]
    public void A_profile_starts_exactly_its_services(string profile, string services) =>
        Services.Where(s => Texts(s.Value["profiles"]).Contains(profile)).Select(s => s.Key)
            .Should().BeEquivalentTo(services.Split(' '));

    [Fact]
    public void Every_service_belongs_to_a_profile_since_one_without_would_start_with_each() =>
        Services.Should().OnlyContain(s => Texts(s.Value["profiles"]).Any());

    [Fact]
    public void Every_service_comes_back_and_tells_its_health_but_the_one_that_ends()
    {
        File.ReadAllText(Path.Combine(BuiltPaths.Web, "Dockerfile")).Should().Contain("HEALTHCHECK");

        Services["settings"]["restart"]!.ToString().Should().Be("no");
        Services.Where(s => s.Key != "settings").Should().OnlyContain(s =>
            s.Value["restart"]!.ToString() == "unless-stopped"
            && (s.Value["build"] != null || s.Value["healthcheck"]!["test"]!.AsArray().Count > 1));
    }

    [Fact]
    public void Nobody_is_root_or_gains_rights()
    {
        Services.Should().OnlyContain(s =>
            s.Value["user"] != null && !s.Value["user"]!.ToString().StartsWith('0')
            && Texts(s.Value["cap_drop"]).Contains("ALL") && Texts(s.Value["security_opt"]).Contains("no-new-privileges:true")
            && s.Value["privileged"] == null);
        Portals.Should().HaveCount(4).And.OnlyContain(s => s.Value["read_only"]!.GetValue<bool>());
    }

    [Fact]
    public void Nothing_takes_all_of_the_machine() => Services.Should().OnlyContain(s =>
        s.Value["mem_limit"] != null && s.Value["pids_limit"] != null
        && Texts(s.Value["tmpfs"]).All(mount => mount.Contains("size=", StringComparison.Ordinal)));

    [Fact]
    public void Files_that_settings_name_are_handed_to_the_portals() => Portals.Should().OnlyContain(s =>
        s.Value["environment"]!.AsObject().ContainsKey("Keys__Certificate")
        && s.Value["environment"]!.AsObject().ContainsKey("Google__ServiceAccountFile")
        && s.Value["volumes"]!.AsArray().OfType<JsonObject>().Any(mount => mount["target"]!.ToString() == "/secrets"));

    [Fact]
    public void Ports_open_on_this_machine_only_and_the_stores_open_none()
    {
        var open = Services.Where(s => s.Value["ports"] is not null).ToList();

        open.Select(s => s.Key).Should().BeEquivalentTo("portal-embedded", "portal-single", "proxy");
        open.SelectMany(s => Texts(s.Value["ports"])).Should().OnlyContain(port => port == "127.0.0.1:${PORTAL_PORT:-8080}:8080");
        Services.Where(s => s.Key.StartsWith("eventstore", StringComparison.Ordinal) || s.Key == "postgres")
            .Should().OnlyContain(s => Texts(s.Value["networks"]).Single() == "back");
        read["file"]!["networks"]!["back"]!["internal"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public void A_service_waits_only_for_services_of_its_own_profiles()
    {
        foreach (var (name, service) in Services)
            foreach (var (other, how) in service["depends_on"]?.AsObject() ?? [])
            {
                Texts(Services[other]["profiles"]).Should().Contain(Texts(service["profiles"]), $"{name} waits for {other}");
                how!["condition"]!.ToString().Should().Be(
                    other == "settings" ? "service_completed_successfully" : "service_healthy", $"{name} waits for {other}");
            }
    }

    [Fact]
    public void Portals_share_their_keys_and_their_mirror() =>
        Portals.Should().OnlyContain(s =>
            Mounts(s.Value).Contains("data:/data") && Mounts(s.Value).Contains("keys:/keys")
            && Setting(s.Value, "Mirror__Path") == "/data/mirror" && Setting(s.Value, "Keys__Path") == "/keys");

    [Fact]
    public void Every_setting_of_a_portal_is_one_of_the_README()
    {
        var known = SettingName().Matches(File.ReadAllText(Path.Combine(Root, "README.md"))).Select(match => match.Value).ToHashSet();

        Portals.SelectMany(s => s.Value["environment"]!.AsObject().Select(setting => setting.Key))
            .Should().NotBeEmpty().And.OnlyContain(setting => known.Contains(setting));
    }

    [Fact]
    public void Every_variable_is_in_the_example_and_the_example_has_no_other()
    {
        var example = ExampleVariable().Matches(File.ReadAllText(Path.Combine(Root, ".env.example"))).Select(m => m.Groups["name"].Value);
        var used = Variable().Matches(File.ReadAllText(Path.Combine(Root, "docker-compose.yml"))).Select(m => m.Groups["name"].Value)
            .Concat(Portals.SelectMany(s => s.Value["environment"]!.AsObject().Where(e => e.Value is null).Select(e => e.Key)))
            .Append("COMPOSE_PROFILES");

        example.Should().OnlyHaveUniqueItems().And.BeEquivalentTo(used.Distinct());
    }

    [Fact]
    public void No_password_stands_in_it_and_no_variable_stops_a_profile_that_has_no_use_for_it()
    {
        var text = File.ReadAllText(Path.Combine(Root, "docker-compose.yml"));

        Services.SelectMany(s => s.Value["environment"]?.AsObject() ?? [])
            .Where(e => e.Key.EndsWith("PASSWORD", StringComparison.Ordinal))
            .Should().NotBeEmpty().And.OnlyContain(e => PasswordOfEnvironment().IsMatch(e.Value!.ToString()));
        text.Should().NotContain(":?", "Compose asks for it before it looks at profiles").And.NotContain("changeit");
        text.Should().NotContain("EVENTSTORE_INSECURE").And.NotContain("tls=false").And.NotContain("tlsVerifyCert");
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray array => array.Select(item => item!.ToString()),
        JsonObject map => map.Select(item => item.Key),
        _ => [],
    };

    private static IEnumerable<string> Mounts(JsonNode service) =>
        service["volumes"]!.AsArray().OfType<JsonValue>().Select(mount => mount.ToString());

    private static string? Setting(JsonNode service, string name) => service["environment"]![name]?.ToString();

    [GeneratedRegex("[A-Z][A-Za-z]+__[A-Za-z]+")]
    private static partial Regex SettingName();

    [GeneratedRegex("^#?(?<name>[A-Za-z_]+)=", RegexOptions.Multiline)]
    private static partial Regex ExampleVariable();

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\$\{[A-Z_]+_PASSWORD:-\}$")]
    private static partial Regex PasswordOfEnvironment();
}
