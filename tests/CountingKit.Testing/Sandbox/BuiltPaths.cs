using System.Reflection;

namespace CountingKit.Testing.Sandbox;

/// <summary>Where the build put things, written into this assembly by its project file.</summary>
public static class BuiltPaths
{
    /// <summary>The built sandbox, to be started with <c>dotnet</c>.</summary>
    public static string Sandbox => Written("CountingKit.Sandbox");

    /// <summary>The <c>tests</c> folder of the sources.</summary>
    public static string Tests => Written("CountingKit.Tests");

    /// <summary>The folder of the portal's project.</summary>
    public static string Web => Path.Combine(Tests, "..", "src", "CountingKit.Web");

    /// <summary>What was built: <c>Debug</c> or <c>Release</c>.</summary>
    public static string Configuration => Written("Configuration");

    /// <summary>.NET's compiler to machine code, of the version that the tests are built with.</summary>
    public static string Compiler => Written("Compiler");

    public static string CompilerVersion => Written("CompilerVersion");

    private static string Written(string key) => typeof(BuiltPaths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
