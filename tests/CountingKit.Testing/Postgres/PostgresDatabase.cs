using CountingKit.Adapters.Database;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CountingKit.Testing.Postgres;

/// <summary>A database of a test's own on <see cref="PostgresServer"/>; dropped when disposed, whoever still uses it.</summary>
public sealed class PostgresDatabase : IDisposable
{
    private static readonly Lazy<string> Template = new(MakeTemplate);

    private readonly string _name = NewName();

    private PostgresDatabase(string? template)
    {
        PostgresServer.Execute(template is null ? $"CREATE DATABASE {_name}" : $"CREATE DATABASE {_name} TEMPLATE {template}");
        ConnectionString = PostgresServer.Of(_name);
    }

    public string ConnectionString { get; }

    public static PostgresDatabase Empty() => new(null);

    /// <summary>With the vault's tables and empty read models, copied in a fraction of what making them takes.</summary>
    public static PostgresDatabase Migrated() => new(Template.Value);

    public void Dispose() => PostgresServer.Execute($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    private static string MakeTemplate()
    {
        var name = NewName();
        PostgresServer.Execute($"CREATE DATABASE {name}");
        // Without a pool no connection stays, and nobody may be connected to what is copied.
        var settings = new NpgsqlConnectionStringBuilder(PostgresServer.Of(name)) { Pooling = false };
        new ServiceCollection().AddDatabase(settings.ToString(), root: "/");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => PostgresServer.Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        return name;
    }

    private static string NewName() => $"test_{Guid.CreateVersion7():N}";
}
