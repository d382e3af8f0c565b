using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using CountingKit.Testing;
using CountingKit.Testing.Portal;
using CountingKit.Testing.Storage;

namespace CountingKit.Browser.Tests;

/// <summary>
/// The portal as a newcomer starts it: the built program in Development, without any settings, on an empty folder. It
/// brings its own sandbox along. Where the storage under test is servers, two settings name them.
/// </summary>
public sealed partial class FirstRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TempFolder folder = new();
    private readonly StringBuilder output = new();
    private readonly int port = FreePort();
    private StorageUnderTest storage = null!;
    private Process? process;
    private string? trustedProxies;

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/"));

    /// <summary>As its console shows it.</summary>
    public string OwnerCode { get; private set; } = "";

    public string Output
    {
        get { lock (output) return output.ToString(); }
    }

    /// <param name="trustedProxies">Whose word on a browser's address counts; null = nobody's.</param>
    public static async Task<FirstRun> Start(string? trustedProxies = null)
    {
        var run = new FirstRun { trustedProxies = trustedProxies };
        run.storage = await StorageUnderTest.Of(run.folder["data"]);
        await run.Launch();
        await run.Until(() => Code().Match(run.Output) is { Success: true } match && (run.OwnerCode = match.Groups[1].Value) != "");
        return run;
    }

    /// <summary>SIGKILL, then a start on the same folder.</summary>
    public async Task Restart()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        await Launch();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        await storage.DisposeAsync();
        folder.Dispose();
    }

    private async Task Launch()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { await BuiltPortal.Program, "--contentRoot", folder["."], "--urls", Address.AbsoluteUri.TrimEnd('/') },
        };
        foreach (var name in start.Environment.Keys.Where(PortalSettings.IsOne).ToList()) start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        AheadOfTime.LivesShortly(start);
        if (trustedProxies is not null) start.Environment["Portal__TrustedProxies"] = trustedProxies;
        if (storage.Kind is StorageKind.Servers)
        {
            start.Environment["EventStore__ConnectionString"] = storage.EventStore;
            start.Environment["Database__ConnectionString"] = storage.Database;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var http = new HttpClient();
        await Until(async () =>
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "health/ready"));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false; // Nobody listens yet.
            }
        });
    }

    private Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    private async Task Until(Func<Task<bool>> condition)
    {
        var started = Stopwatch.StartNew();
        while (!await condition())
        {
            if (process!.HasExited) throw new InvalidOperationException($"The portal ended:\n{Output}");
            if (started.Elapsed > Patience) throw new TimeoutException($"The portal did not come up:\n{Output}");
            await Task.Delay(100);
        }
    }

    private void Note(string? line)
    {
        lock (output) output.AppendLine(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("one-time code[^:]*: ([A-Z0-9-]{20,})")]
    private static partial Regex Code();
}
