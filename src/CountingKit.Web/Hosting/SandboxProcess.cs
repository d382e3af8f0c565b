using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CountingKit.Web.Hosting;

/// <summary>
/// The stand-ins for Xero and Google as a child process. It reads a pipe that is held open here, and so ends with the
/// portal, however that ends.
/// </summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    // Held for as long as the portal lives: without a reference the pipe would be finalized, and the sandbox would end.
    private readonly Process process;

    private SandboxProcess(Process process) => this.process = process;

    /// <summary>Starts the sandbox where it is wanted, and points the vendors' settings to it.</summary>
    /// <returns>Null = not wanted.</returns>
    /// <exception cref="SettingException">It is asked for where it must not run, or does not start.</exception>
    public static async Task<SandboxProcess?> Start(WebApplicationBuilder builder)
    {
        if (!SandboxSettings.IsWanted(builder.Configuration, builder.Environment)) return null;
        var arguments = SandboxSettings.Arguments(builder.Configuration, builder.Environment.ContentRootPath);
        var sandbox = new SandboxProcess(Process.Start(StartInfo(arguments))
            ?? throw new SettingException("Sandbox__Enabled", "is true, but the sandbox did not start."));
        var addresses = await sandbox.Ready();
        builder.Configuration.AddInMemoryCollection(SandboxSettings.Redirect(builder.Configuration, addresses));
        builder.Services.AddSingleton(addresses);
        return sandbox;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "sandbox", "CountingKit.Sandbox.dll");
        if (!File.Exists(dll))
            throw new SettingException("Sandbox__Enabled", "is true, but this installation comes without the sandbox.");

        // The runtime that runs the portal runs the sandbox.
        var dotnet = Path.GetFullPath(Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..",
            OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var start = new ProcessStartInfo(dotnet, [dll, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(dll),
        };
        // Settings of the portal are none of the sandbox's.
        foreach (var name in start.Environment.Keys.Where(IsOfPortal).ToList()) start.Environment.Remove(name);
        return start;
    }

    private static bool IsOfPortal(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Portal__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Sandbox__", StringComparison.OrdinalIgnoreCase);

    private async Task<SandboxAddresses> Ready()
    {
        try
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Timeout);
            var at = JsonDocument.Parse(line ?? "{}").RootElement.GetProperty("sandbox");
            return new(Text("xero"), Text("google"), Text("control"));

            string Text(string name) => at.GetProperty(name).GetString()!.TrimEnd('/');
        }
        catch (Exception failed) when (failed is TimeoutException or JsonException or KeyNotFoundException)
        {
            await DisposeAsync();
            throw new SettingException("Sandbox__Enabled", "is on, but the sandbox did not start; see its message above.");
        }
    }
}
