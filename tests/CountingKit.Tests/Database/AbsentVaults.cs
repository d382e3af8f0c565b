using CountingKit.Adapters.Database;
using CountingKit.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Database;

/// <summary>The vault's file was there when the portal started, and is not any more.</summary>
public sealed class AbsentVaults
{
    [Fact]
    public async Task It_is_away_and_no_empty_one_takes_its_place()
    {
        using var folder = new TempFolder();
        using var vault = new SqliteVaultFactory(folder["data"]);
        vault.Migrate();
        SqliteConnection.ClearAllPools();
        Directory.Move(folder["data"], folder["elsewhere"]);
        Directory.CreateDirectory(folder["data"]);

        await using var db = vault.CreateDbContext();
        var ask = () => db.Leases.AnyAsync();

        var failure = await ask.Should().ThrowAsync<SqliteException>();
        DatabaseOutage.Is(failure.Which).Should().BeTrue();
        Directory.EnumerateFileSystemEntries(folder["data"]).Should().BeEmpty();
    }
}
