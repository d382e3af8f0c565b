using System.Reflection;
using CountingKit.Testing;
using CountingKit.Testing.Portal;

namespace CountingKit.Browser.Tests;

/// <summary>The portal and its sandbox as they were built, copied and compiled once for each run of these tests.</summary>
internal static class BuiltPortal
{
    private const string Sandbox = "sandbox";

    private static readonly Lazy<Task<string>> Copying = new(Copy);

    /// <summary>To be started with <c>dotnet</c>.</summary>
    public static Task<string> Program => Copying.Value;

    private static async Task<string> Copy()
    {
        var program = typeof(BuiltPortal).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "CountingKit.Web").Value!;
        var (built, folder) = (Path.GetDirectoryName(program)!, Path.Combine(AppContext.BaseDirectory, "built-portal"));
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(built)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        // Other systems' libraries are many and large, and stay as they are.
        foreach (var part in Directory.EnumerateDirectories(built).Select(Path.GetFileName).Where(part => part != Sandbox))
            Directory.CreateSymbolicLink(Path.Combine(folder, part!), Path.Combine(built, part!));
        TempFolder.Copy(Path.Combine(built, Sandbox), Path.Combine(folder, Sandbox));
        await AheadOfTime.Compile(folder);
        await AheadOfTime.Compile(Path.Combine(folder, Sandbox));
        return Path.Combine(folder, Path.GetFileName(program));
    }
}
