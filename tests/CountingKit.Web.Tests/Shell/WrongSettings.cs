using System.Diagnostics;
using CountingKit.Testing;
using CountingKit.Web.Features.Dashboard;

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
    [InlineData("EventStore__ConnectionString", "nonsense", "EventStore__ConnectionString")]
    [InlineData("EventStore__ConnectionString", "esdb://admin:changeit@h?tsl=false", "EventStore__ConnectionString")]
    [InlineData("EventStore__ConnectionString", "esdb://h?tlsCaFile=missing.crt", "EventStore__ConnectionString")]
    [InlineData("Database__ConnectionString", "nonsense", "Database__ConnectionString")]
    [InlineData("Keys__Certificate", "missing.pem", "Keys__Certificate")]
    [InlineData("Mirror__MemoryLimit", "lots", "Mirror__MemoryLimit")]
    [InlineData("Worker__Concurrency", "many", "Worker__Concurrency")]
    [InlineData("Xero__ClientId", "my-app", "Xero__ClientSecret")]
    [InlineData("Xero__UsePkce", "perhaps", "Xero__UsePkce")]
    [InlineData("Google__ClientId", "my-client", "Google__ClientSecret")]
    [InlineData("Sandbox__Enabled", "true", "Sandbox__Enabled")]
    public async Task A_wrong_or_half_given_setting_stops_the_start_with_one_line_that_names_it(
        string setting, string value, string named)
    {
        using var folder = new TempFolder();

        var (code, lines) = await Start(folder, setting, value);

        code.Should().Be(1);
        lines.Should().ContainSingle().Which.Should().StartWith(named).And.NotContain("changeit");
    }

    private static async Task<(int Code, string[] Complaints)> Start(TempFolder folder, string setting, string value)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DashboardController).Assembly.Location])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_CONTENTROOT"] = folder.Path;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment[setting] = value;
        using var process = Process.Start(start)!;
        using var stop = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(stop.Token);
        var complaints = await process.StandardError.ReadToEndAsync(stop.Token);
        await process.WaitForExitAsync(stop.Token);
        (await output).Should().NotContain("   at ");
        return (process.ExitCode, complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
