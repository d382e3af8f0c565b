using CountingKit.Adapters.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Testing.Storage;

/// <summary>
/// A database of files in which nothing is yet: copied in a fraction of what making its tables takes. Those who test how it is
/// made let the product make it.
/// </summary>
public static class EmptyDatabase
{
    private const string Sqlite = "sqlite:";

    private static readonly Lazy<string[]> Files = new(Make);

    /// <summary>Registers the database, which is copied if none is there.</summary>
    /// <inheritdoc cref="DatabaseRegistration.AddDatabase" path="/param"/>
    public static IServiceCollection AddCopiedDatabase(this IServiceCollection services, string connectionString, string root)
    {
        if (connectionString.StartsWith(Sqlite, StringComparison.Ordinal))
            CopyTo(Path.GetFullPath(connectionString[Sqlite.Length..], root));
        return services.AddDatabase(connectionString, root);
    }

    /// <summary>Does nothing in a folder that has a database.</summary>
    public static void CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFiles(folder, "vault.db").Any()) return;
        foreach (var file in Files.Value) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    private static string[] Make()
    {
        var folder = new TempFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        new ServiceCollection().AddDatabase($"{Sqlite}{folder.Path}", folder.Path).BuildServiceProvider().Dispose();
        SqliteConnection.ClearAllPools(); // The last to close a file puts all that is beside it into it.
        return Directory.GetFiles(folder.Path, "*.db");
    }
}
