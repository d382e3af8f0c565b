using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CountingKit.Testing.Sandbox;

/// <summary>Runs the scripts under <c>tests/sdk</c>, which drive the vendors' Node SDKs.</summary>
public static class NodeScript
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task> Packages = new(InstallIfNeeded);

    private static string Folder => Path.Combine(BuiltPaths.Tests, "sdk");

    /// <summary>The last line that the script prints, as JSON.</summary>
    /// <exception cref="InvalidOperationException">The script failed; the message is what it wrote.</exception>
    public static async Task<JsonNode> Run(string script, params string[] arguments)
    {
        await Packages.Value;
        var output = await Execute("node", [script, .. arguments]);
        return JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!;
    }

    private static async Task InstallIfNeeded()
    {
        var locked = Path.Combine(Folder, "package-lock.json");
        var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(locked)) return;
        await Execute("npm", ["ci"]);
    }

    private static async Task<string> Execute(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} {arguments[0]} failed:\n{await output}\n{await errors}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {arguments[0]} took longer than {Patience.TotalMinutes} minutes.");
        }
    }
}
