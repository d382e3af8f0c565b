using System.Diagnostics;
using System.Runtime.InteropServices;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Testing.Portal;

/// <summary>
/// Compiles a published program to machine code: started dozens of times, it would spend most of its time on compiling the
/// same code. It does the same as before, only sooner.
/// </summary>
public static class AheadOfTime
{
    /// <summary>What other packages bring along and no portal of these tests loads, as their names begin.</summary>
    private static readonly string[] Idle =
    [
        "Apache.Arrow", "CsvHelper", "Microsoft.Bcl.", "Microsoft.Extensions.", "Microsoft.IdentityModel.", "Polly.", "System.",
    ];

    private static readonly string Frameworks = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../.."));

    /// <summary>
    /// For a process of some seconds: what becomes hot is not compiled once more, and pages of code are not mapped twice.
    /// Where a test measures, which is at full scale, it runs as it would for a user.
    /// </summary>
    public static void LivesShortly(ProcessStartInfo start)
    {
        if (Scale.IsFull) return;
        start.Environment.TryAdd("DOTNET_TC_CallCounting", "0");
        start.Environment.TryAdd("DOTNET_EnableWriteXorExecute", "0");
    }

    internal static Task Compile(string folder) => Parallel.ForEachAsync(
        Directory.GetFiles(folder, "*.dll").Where(IsWorthIt), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
        async (path, ct) =>
        {
            var compiled = path + ".compiled";
            var start = new ProcessStartInfo(BuiltPaths.Compiler,
            [
                path, "--out", compiled, "--optimize", "--reference", Path.Combine(folder, "*.dll"),
                .. Shared("Microsoft.NETCore.App"), .. Shared("Microsoft.AspNetCore.App"),
            ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start) ?? throw new InvalidOperationException("The compiler did not start.");
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            await process.WaitForExitAsync(ct);
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{path} could not be compiled:\n{await output}\n{await errors}");
            File.Move(compiled, path, overwrite: true);
        });

    private static bool IsWorthIt(string path) =>
        !Idle.Any(start => Path.GetFileName(path).StartsWith(start, StringComparison.Ordinal));

    private static string[] Shared(string framework) =>
        ["--reference", Path.Combine(Frameworks, framework, Environment.Version.ToString(), "*.dll")];
}
