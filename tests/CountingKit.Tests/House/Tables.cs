using System.Globalization;
using CountingKit.Adapters.Database;
using CountingKit.EventSourcing;
using CountingKit.Testing.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.House;

public sealed class Tables
{
    [Fact]
    public void The_migrations_of_the_vault_make_exactly_its_model()
    {
        using var vault = new SqliteVault(new DbContextOptionsBuilder<SqliteVault>().UseSqlite("Data Source=:memory:").Options);

        vault.Database.HasPendingModelChanges().Should().BeFalse("else a migration is missing");
    }

    [Fact]
    public void A_change_of_the_read_models_raises_their_version()
    {
        using var db = new ReadDb(new DbContextOptionsBuilder<ReadDb>().UseSqlite("Data Source=:memory:").Options);
        var script = db.Database.GenerateCreateScript().ReplaceLineEndings("\n");
        var golden = Path.Combine(
            BuiltPaths.Tests, "CountingKit.Tests", "House",
            string.Create(CultureInfo.InvariantCulture, $"read-models-v{ReadDb.Version}.sql"));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(golden, script);

        File.Exists(golden).Should().BeTrue("the script of each version is kept: write it with UPDATE_GOLDEN=1");
        script.Should().Be(
            File.ReadAllText(golden), "a database of this version is in use somewhere: raise ReadDb.Version, then write its script");
    }
}
