using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CountingKit.Testing;
using CountingKit.Testing.Portal;
using Microsoft.Data.Sqlite;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The portal as a process of its own: a wrong setting ends it with one line and no stack trace.</summary>
public sealed class WrongSettings
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData("Portal__OwnerEmail", "olivia@example.com", "Portal__OwnerPassword")]
    [InlineData("Portal__PublicUrl", "http://portal.example.com", "Portal__PublicUrl")]
    [InlineData("Portal__PublicUrl", "https://portal.example.com/books", "Portal__PublicUrl")]
    [InlineData("Portal__PublicUrl", "https://portal.example.com/?x=1", "Portal__PublicUrl")]
    [InlineData("HTTPS_PORTS", "8443", "Portal__PublicUrl")]
    [InlineData("ASPNETCORE_URLS", "https://127.0.0.1:0", "Portal__PublicUrl")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:0;https://127.0.0.1:0", "Portal__PublicUrl")]
    [InlineData("Kestrel__Endpoints__Web__Url", "https://127.0.0.1:0", "Portal__PublicUrl")]
    [InlineData("EventStore__ConnectionString", "nonsense", "EventStore__ConnectionString")]
    [InlineData("EventStore__ConnectionString", "esdb://admin:changeit@h?tsl=false", "EventStore__ConnectionString")]
    [InlineData("EventStore__ConnectionString", "esdb://h?tlsCaFile=missing.crt", "EventStore__ConnectionString")]
    [InlineData("Database__ConnectionString", "nonsense", "Database__ConnectionString")]
    [InlineData("Database__ConnectionString", "sqlite:", "Database__ConnectionString")]
    [InlineData("EventStore__ConnectionString", "sqlite:", "EventStore__ConnectionString")]
    [InlineData("Keys__Certificate", "missing.pem", "Keys__Certificate")]
    [InlineData("Mirror__MemoryLimit", "lots", "Mirror__MemoryLimit must be a whole number of MB or GB")]
    [InlineData("Mirror__MemoryLimit", "-1", "Mirror__MemoryLimit must be a whole number of MB or GB")]
    [InlineData("Worker__Concurrency", "many", "Worker__Concurrency")]
    [InlineData("Xero__ClientId", "my-app", "Xero__ClientSecret")]
    [InlineData("Xero__UsePkce", "perhaps", "Xero__UsePkce")]
    [InlineData("Google__ClientId", "my-client", "Google__ClientSecret")]
    [InlineData("Sandbox__Enabled", "true", "Sandbox__Enabled")]
    [InlineData("ASPNETCORE_URLS", "zz", "Urls")]
    [InlineData("ASPNETCORE_URLS", "http://192.0.2.1:0", "Urls names an address that this machine does not have", true)]
    [InlineData("ASPNETCORE_CONTENTROOT", "missing", "ContentRoot")]
    public async Task A_wrong_or_half_given_setting_stops_the_start_with_one_line_that_names_it(
        string setting, string value, string named, bool makesDatabase = false)
    {
        using var folder = new TempFolder();

        var (code, lines) = await Start(folder, setting, value);

        code.Should().Be(1);
        lines.Should().ContainSingle().Which.Should().StartWith(named).And.NotContain("changeit");
        File.Exists(folder["data/vault.db"]).Should().Be(makesDatabase);
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_stops_the_start_with_one_line_and_nothing_goes_on()
    {
        using var folder = new TempFolder();

        var (code, lines) = await Start(
            folder, ("ASPNETCORE_URLS", "https://127.0.0.1:0"), ("Portal__PublicUrl", "https://books.example.com"),
            ("Kestrel__Certificates__Default__Path", "missing.pfx"));

        code.Should().Be(1);
        lines.Should().ContainSingle().Which.Should().StartWith("Urls cannot be listened on (https://127.0.0.1:0): ");
    }

    [Theory]
    [InlineData("127.0.0.1", "Kestrel__Endpoints__Web__Url", "Kestrel__Endpoints")]
    [InlineData("localhost", "ASPNETCORE_URLS", "Urls")]
    public async Task An_address_that_is_in_use_stops_the_start_with_one_line_that_names_it(
        string host, string setting, string named)
    {
        using var folder = new TempFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://{host}:{((IPEndPoint)other.LocalEndpoint).Port}";

        var (code, lines) = await Start(folder, setting, address);

        code.Should().Be(1);
        lines.Should().ContainSingle().Which.Should().Be($"{named} names an address that is already in use ({address}).");
    }

    [Theory]
    [InlineData("EventStore__ConnectionString", "sqlite:other.db", "other.db", true)]
    [InlineData("EventStore__ConnectionString", "sqlite:other.db", "other.db", false)]
    [InlineData("Database__ConnectionString", "sqlite:tables", "tables/vault.db", false)]
    public async Task A_file_of_something_else_stops_the_start_with_one_line_that_names_the_setting(
        string setting, string value, string file, bool isDatabase)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        if (isDatabase) MakeDatabase(folder[file]);
        else await File.WriteAllBytesAsync(folder[file], [.. Enumerable.Repeat((byte)'x', 5000)]);

        var (code, lines) = await Start(folder, setting, value);

        code.Should().Be(1);
        lines.Should().ContainSingle().Which.Should().StartWith(setting);
        File.Exists(folder["data/vault.db"]).Should().BeFalse();
    }

    [Theory]
    [InlineData("{ \"Portal\":\n { \"OwnerPassword\": changeit } }", "line 2 is not valid JSON.")]
    [InlineData("{ \"Urls\": \"\", \"urls\": \"changeit\" }", "it has a setting twice, or something other than settings.")]
    public async Task A_file_of_settings_that_cannot_be_read_stops_the_start_with_one_line(string text, string told)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["appsettings.Production.json"], text);

        var (code, lines) = await Start(folder, "Worker__Concurrency", "2");

        code.Should().Be(1);
        lines.Should().ContainSingle().Which.Should().Be($"appsettings.Production.json cannot be read: {told}");
    }

    private static void MakeDatabase(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE other (id INTEGER)";
        command.ExecuteNonQuery();
    }

    private static Task<(int Code, string[] Complaints)> Start(TempFolder folder, string setting, string value) =>
        Start(folder, (setting, value));

    private static async Task<(int Code, string[] Complaints)> Start(
        TempFolder folder, params (string Name, string Value)[] settings)
    {
        var start = await PublishedPortal.Program();
        start.WorkingDirectory = folder.Path;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_CONTENTROOT"] = folder.Path;
        // It counts for more than ports do.
        if (!settings[0].Name.EndsWith("_PORTS", StringComparison.Ordinal)) start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var stop = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(stop.Token);
        var complaints = await process.StandardError.ReadToEndAsync(stop.Token);
        await process.WaitForExitAsync(stop.Token);
        (await output).Should().NotContain("   at ");
        return (process.ExitCode, complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
