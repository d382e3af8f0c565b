using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Testing.Portal;

/// <summary>
/// Compiles a program to machine code: started dozens of times, it would spend most of its time on compiling the same code.
/// It does the same as before, only sooner.
/// </summary>
public static class AheadOfTime
{
    /// <summary>What other packages bring along and no portal of these tests loads, as their names begin.</summary>
    private static readonly string[] Idle =
    [
        "Apache.Arrow", "CsvHelper", "Microsoft.Bcl.", "Microsoft.Extensions.", "Microsoft.IdentityModel.", "Polly.", "System.",
    ];

    /// <summary>By compiler and framework; each file is named by what it was made of.</summary>
    private static readonly string Compiled = Path.Combine(
        BuiltPaths.Tests, "CountingKit.Testing", "obj", "ahead-of-time", $"{BuiltPaths.CompilerVersion}-{Environment.Version}");

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

    /// <summary>
    /// Replaces a folder's programs with what they are compiled to. What any test project has compiled once is taken from
    /// there, by all of them and in later runs.
    /// </summary>
    public static async Task Compile(string folder)
    {
        Directory.CreateDirectory(Compiled);
        await using var turn = await Turn.Take(Path.Combine(Compiled, "turn.lock"));
        await Parallel.ForEachAsync(
            Directory.GetFiles(folder, "*.dll").Where(IsWorthIt),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (path, ct) => Replace(path, await CompiledOf(path, ct)));
    }

    /// <summary>In place of the file, never into it: it may be another one's, too, by a link.</summary>
    private static void Replace(string path, string compiled)
    {
        File.Copy(compiled, path + ".compiled", overwrite: true);
        File.Move(path + ".compiled", path, overwrite: true);
    }

    private static async Task<string> CompiledOf(string path, CancellationToken ct)
    {
        var name = Path.GetFileName(path);
        var content = SHA256.HashData(await File.ReadAllBytesAsync(path, ct));
        var compiled = Path.Combine(Compiled, $"{name}.{Convert.ToHexString(content)}");
        if (File.Exists(compiled)) return compiled;
        var unfinished = Path.Combine(Compiled, $"unfinished-{name}");
        await Execute(path, unfinished, ct);
        foreach (var former in Directory.GetFiles(Compiled, $"{name}.*")) File.Delete(former);
        File.Move(unfinished, compiled);
        return compiled;
    }

    private static async Task Execute(string path, string to, CancellationToken ct)
    {
        var start = new ProcessStartInfo(BuiltPaths.Compiler,
        [
            path, "--out", to, "--optimize", "--reference", Path.Combine(Path.GetDirectoryName(path)!, "*.dll"),
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
    }

    private static bool IsWorthIt(string path) =>
        !Idle.Any(start => Path.GetFileName(path).StartsWith(start, StringComparison.Ordinal));

    private static string[] Shared(string framework) =>
        ["--reference", Path.Combine(Frameworks, framework, Environment.Version.ToString(), "*.dll")];
}
