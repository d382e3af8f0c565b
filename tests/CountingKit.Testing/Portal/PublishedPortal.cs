using System.Diagnostics;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Testing.Portal;

/// <summary>The portal as it is installed: published once for each run of a test project, from what was built.</summary>
public static class PublishedPortal
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly Lazy<Task<string>> Publishing = new(Publish);

    /// <summary>It is started so often that compiling it once is worth it. To be set before the first start.</summary>
    public static bool StartsOften { get; set; }

    /// <summary>The folder with <c>CountingKit.Web.dll</c>.</summary>
    public static Task<string> Folder => Publishing.Value;

    /// <summary>A start in its own folder, with none of the settings that the test's own environment would bring.</summary>
    public static async Task<ProcessStartInfo> Program(params string[] arguments)
    {
        var folder = await Folder;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "CountingKit.Web.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(PortalSettings.IsOne).ToList()) start.Environment.Remove(name);
        AheadOfTime.LivesShortly(start);
        return start;
    }

    private static async Task<string> Publish()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "published-portal");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        // Two test projects that publish at once would write the same intermediate files.
        await using (await Turn.Take(Path.Combine(Path.GetTempPath(), "countingkit-publish.lock")))
            await Execute(
                "publish", BuiltPaths.Web, "--no-build", "--nologo", "--configuration", BuiltPaths.Configuration,
                "--output", folder);
        if (StartsOften) await AheadOfTime.Compile(folder);
        return folder;
    }

    private static async Task Execute(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test host was given by the build that started it is not meant for another build.
        foreach (var name in start.Environment.Keys.Where(IsOfBuild).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The portal could not be published:\n{await output}\n{await errors}");
    }

    private static bool IsOfBuild(string name) =>
        name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase);
}
