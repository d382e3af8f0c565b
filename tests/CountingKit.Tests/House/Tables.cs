using System.Globalization;
using CountingKit.Adapters.Database;
using CountingKit.EventSourcing;
using CountingKit.Testing.Sandbox;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.House;

public sealed class Tables
{
    [Fact]
    public void The_migrations_of_the_vault_make_exactly_its_model_on_SQLite() => MakeTheModel(
        new SqliteVault(new DbContextOptionsBuilder<SqliteVault>().UseSqlite("Data Source=:memory:").Options));

    [Fact]
    public void The_migrations_of_the_vault_make_exactly_its_model_on_PostgreSQL() =>
        MakeTheModel(new PostgresVault(PostgresVault.Options("Host=nowhere")));

    [Fact]
    public void A_change_of_the_read_models_raises_their_version()
    {
        using var db = new ReadDb(new DbContextOptionsBuilder<ReadDb>().UseSqlite("Data Source=:memory:").Options);

        Match(db, "");
    }

    [Fact]
    public void A_change_of_the_read_models_on_PostgreSQL_raises_their_version()
    {
        using var db = new ReadDb(PostgresReadDatabases.Options("Host=nowhere", "any"));

        Match(db, "-postgres");
    }

    private static void MakeTheModel(VaultDb vault)
    {
        using (vault) vault.Database.HasPendingModelChanges().Should().BeFalse("else a migration is missing");
    }

    private static void Match(ReadDb db, string suffix)
    {
        var script = db.Database.GenerateCreateScript().ReplaceLineEndings("\n");
        var golden = Path.Combine(
            BuiltPaths.Tests, "CountingKit.Tests", "House",
            string.Create(CultureInfo.InvariantCulture, $"read-models-v{ReadDb.Version}{suffix}.sql"));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(golden, script);

        File.Exists(golden).Should().BeTrue("the script of each version is kept: write it with UPDATE_GOLDEN=1");
        script.Should().Be(
            File.ReadAllText(golden), "a database of this version is in use somewhere: raise ReadDb.Version, then write its script");
    }
}
