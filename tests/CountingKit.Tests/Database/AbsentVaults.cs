using CountingKit.Adapters.Database;
using CountingKit.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Database;

/// <summary>The vault's file was there when the portal started, and is not any more, or another is in its place.</summary>
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

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public async Task An_empty_one_or_another_installation_s_that_takes_its_place_is_not_taken_for_it(string? other)
    {
        using var folder = new TempFolder();
        using var portal = new SqliteVaultFactory(folder["data"]);
        portal.Migrate();
        (await Knows(portal)).Should().BeFalse("its log has not told yet");
        await Name(portal, "this");
        (await Knows(portal)).Should().BeTrue();
        Directory.Move(folder["data"], folder["elsewhere"]);
        SqliteConnection.ClearAllPools(); // The next start is another process.
        using var next = new SqliteVaultFactory(folder["data"]);
        next.Migrate();
        if (other is not null) await Name(next, other);

        for (var look = 0; look < 3; look++)
        {
            var failure = await portal.Awaiting(Knows).Should().ThrowAsync<SqliteException>();
            DatabaseOutage.Is(failure.Which).Should().BeTrue();
            portal.Invoking(Note).Should().Throw<SqliteException>("nothing is written there");
        }

        (await Knows(next)).Should().Be(other is not null, "to a portal that began with it, it is the vault");
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder["data"], recursive: true);
        Directory.Move(folder["elsewhere"], folder["data"]);
        (await Knows(portal)).Should().BeTrue("it is back");
    }

    [Fact]
    public async Task What_was_deleted_is_not_written_to_by_connections_that_still_have_it_open()
    {
        if (OperatingSystem.IsWindows()) return; // It deletes no file that is open.
        using var folder = new TempFolder();
        using var vault = new SqliteVaultFactory(folder["data"]);
        vault.Migrate();
        await Name(vault, "this");
        foreach (var file in Directory.GetFiles(folder["data"])) File.Delete(file);

        var failure = vault.Invoking(Note).Should().Throw<SqliteException>("what is written there is lost");

        DatabaseOutage.Is(failure.Which).Should().BeTrue();
    }

    private static async Task<bool> Knows(SqliteVaultFactory vault)
    {
        await using var db = vault.CreateDbContext();
        return await db.Settings.AnyAsync();
    }

    private static async Task Name(SqliteVaultFactory vault, string installation)
    {
        await using var db = vault.CreateDbContext();
        db.Settings.Add(new() { Name = "installation", Value = installation });
        await db.SaveChangesAsync();
    }

    private static void Note(SqliteVaultFactory vault)
    {
        using var db = vault.CreateDbContext();
        db.Settings.Add(new() { Name = "noted", Value = "in the wrong place" });
        db.SaveChanges();
    }
}
