using CountingKit.Adapters.Database;
using CountingKit.Testing;
using CountingKit.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.Database;

/// <summary>What stays of a vault that was made by a start that had to be refused.</summary>
[Trait("Speed", "Slow")]
public sealed class UnusedVaults : IDisposable
{
    private static readonly DateTime At = new(2026, 11, 29, 22, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public void Nothing_stays_of_one_that_knows_no_log_and_nothing_else_is_touched()
    {
        using var vault = Made();
        string[] others = ["events.db", "read-models-v1-1.db.damaged-20261129T220000Z", "vault.db.backup"];
        foreach (var file in others) File.WriteAllText(folder[file], "of somebody else");

        vault.RemoveUnused().Should().BeNull();
        vault.RemoveUnused().Should().BeNull();

        Directory.EnumerateFileSystemEntries(folder.Path).Select(file => Path.GetFileName(file)).Should()
            .BeEquivalentTo(others.Append("vault.migrating"), "somebody may wait for the lock");
    }

    [Theory]
    [InlineData("installation", nameof(VaultStays.KnowsALog))]
    [InlineData("checkpoint", nameof(VaultStays.KnowsALog))]
    [InlineData("sign-in at Xero", nameof(VaultStays.HoldsSignIns))]
    [InlineData("sign-in at Google", nameof(VaultStays.HoldsSignIns))]
    [InlineData("login", nameof(VaultStays.HoldsPeople))]
    [InlineData("person", nameof(VaultStays.HoldsPeople))]
    [InlineData("API key", nameof(VaultStays.HoldsApiKeys))]
    public void One_that_knows_a_log_or_a_person_or_holds_a_sign_in_or_a_key_stays(string known, string reason)
    {
        using var vault = Made();
        using (var db = vault.CreateDbContext())
        {
            db.Add(Row(known));
            db.SaveChanges();
        }

        $"{vault.RemoveUnused()}".Should().Be(reason);

        using var after = vault.CreateDbContext();
        (after.Settings.Count() + after.Checkpoints.Count() + after.XeroGrants.Count() + after.GoogleCredentials.Count()
            + after.Logins.Count() + after.People.Count() + after.ApiKeys.Count()).Should().Be(1);
    }

    [Fact]
    public void The_lease_that_upkeep_took_before_the_start_was_refused_keeps_none()
    {
        using var vault = Made();
        using (var db = vault.CreateDbContext())
        {
            db.Add(Upkeep());
            db.SaveChanges();
        }

        vault.RemoveUnused().Should().BeNull();

        File.Exists(SqliteVaultFactory.FileIn(folder.Path)).Should().BeFalse();
    }

    [Fact]
    public void One_that_another_start_has_joined_stays_until_that_one_has_ended()
    {
        using var first = Made();
        using var joined = Made();

        first.RemoveUnused().Should().Be(VaultStays.InUse);
        using (var db = joined.CreateDbContext()) db.Leases.Count().Should().Be(0);

        joined.Dispose();
        first.RemoveUnused().Should().BeNull();
        File.Exists(SqliteVaultFactory.FileIn(folder.Path)).Should().BeFalse();
    }

    [Fact]
    public void Who_comes_after_a_removal_makes_one_that_stays_while_it_is_used()
    {
        using var first = Made();
        first.RemoveUnused().Should().BeNull();
        using var second = Made();

        first.RemoveUnused().Should().Be(VaultStays.InUse);

        (first.IsNew, second.IsNew).Should().Be((true, true));
        File.Exists(SqliteVaultFactory.FileIn(folder.Path)).Should().BeTrue();
    }

    [Fact]
    public void One_that_another_start_works_on_stays()
    {
        using var vault = Made();
        var before = Directory.GetFiles(folder.Path, "*.db");
        using var other = new SqliteConnection($"Data Source={folder["vault.migrating"]};Pooling=False");
        other.Open();
        using var hold = new SqliteCommand("BEGIN EXCLUSIVE", other);
        hold.ExecuteNonQuery();

        vault.Invoking(v => v.RemoveUnused(patience: 1)).Should().Throw<SqliteException>();

        Directory.GetFiles(folder.Path, "*.db").Should().BeEquivalentTo(before).And.Contain(folder["vault.db"]);
    }

    [Fact]
    public void A_command_makes_none_and_opens_one_that_was_there_before()
    {
        var command = () => DatabaseRegistration.RequireDatabase("sqlite:data", folder.Path);

        command.Should().Throw<ArgumentException>().WithMessage("Database__ConnectionString names a database that no portal *");
        Directory.Exists(folder["data"]).Should().BeFalse();

        using (var before = Registered()) Touch(before);
        command();
        File.Exists(SqliteVaultFactory.FileIn(folder["data"])).Should().BeTrue();
    }

    [Fact]
    public void One_that_was_there_before_and_that_nothing_keeps_goes_too()
    {
        using (var before = Registered()) Touch(before);
        using var services = Registered();

        services.RemoveUnusedVault().Should().BeNull();

        File.Exists(SqliteVaultFactory.FileIn(folder["data"])).Should().BeFalse();
    }

    [Fact]
    public void One_that_it_made_and_that_holds_an_owner_by_settings_stays_and_the_operator_hears_why()
    {
        using var services = Registered();
        Add(services, Row("login"), Row("person"), Upkeep());

        var told = services.RemoveUnusedVault();

        File.Exists(SqliteVaultFactory.FileIn(folder["data"])).Should().BeTrue();
        told.Should().Contain("because people can already sign in with it").And.Contain("Database__ConnectionString")
            .And.Contain("Before a backup is put back").And.Contain("vault.db-wal");
    }

    [Fact]
    public void One_that_it_made_and_another_portal_uses_stays_and_the_operator_hears_why()
    {
        using var first = Registered();
        using var second = Registered();
        Touch(second);

        first.RemoveUnusedVault().Should().Contain("another process uses it");
    }

    [Fact]
    public void Of_a_backup_that_was_put_back_meanwhile_nobody_is_told_to_move_it_away()
    {
        using var services = Registered();
        Add(services, Row("installation"), Row("login"));

        services.RemoveUnusedVault().Should().Contain("was put there while this start ran").And.NotContain("move");
    }

    [Fact]
    public void Of_one_that_was_there_before_nothing_is_said()
    {
        using (var before = Registered()) Add(before, Row("login"), Row("person"));
        using var services = Registered();

        services.RemoveUnusedVault().Should().BeNull();

        File.Exists(SqliteVaultFactory.FileIn(folder["data"])).Should().BeTrue();
    }

    [Fact]
    public void A_lock_that_another_user_holds_refuses_the_start_in_one_line()
    {
        Directory.CreateDirectory(VaultUse.FileIn(folder["data"])); // Root, too, may not open that.

        var start = () => Registered();

        start.Should().Throw<ArgumentException>().WithMessage("Database__ConnectionString * vault.inuse belongs to another user*");
        File.Exists(SqliteVaultFactory.FileIn(folder["data"])).Should().BeFalse("a backup may be about to be put there");
    }

    [Fact]
    public void One_that_cannot_be_looked_into_stays_and_hides_no_other_trouble()
    {
        using var services = Registered();
        SqliteConnection.ClearAllPools();
        var file = SqliteVaultFactory.FileIn(folder["data"]);
        using (var vault = services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContext())
            vault.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
        File.WriteAllText(file, new string('x', 4096));

        services.RemoveUnusedVault().Should().Contain("could not be removed").And.Contain("If no backup was put there meanwhile");

        File.Exists(file).Should().BeTrue();
    }

    private static object Row(string known) => known switch
    {
        "installation" => new SettingRow { Name = "installation", Value = $"{Guid.CreateVersion7()}" },
        "checkpoint" => new CheckpointRow { Reactor = "runs", Position = "1/1" },
        "sign-in at Xero" => new XeroGrantRow
        {
            XeroUserId = Guid.CreateVersion7(), Secret = [1], Scopes = "openid", AccessExpiresAt = At, RefreshedAt = At,
            GrantedAt = At,
        },
        "sign-in at Google" => new GoogleCredentialRow
        {
            AccountId = Guid.CreateVersion7(), Kind = "oauth", Secret = [1], Email = "ann@example.com", Subject = "1",
            Scopes = "openid", ConnectedAt = At,
        },
        "login" => new MemberLogin { Id = Guid.CreateVersion7(), UserName = "ann@example.com" },
        "person" => new PersonRow { MemberId = Guid.CreateVersion7(), Name = "Ann", Email = "ann@example.com" },
        "API key" => new ApiKeyRow
        {
            Id = Guid.CreateVersion7(), Hash = new string('0', 64), Name = "Reports", MemberId = Guid.CreateVersion7(),
            WorkspaceId = Guid.CreateVersion7(), CreatedAt = At,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(known)),
    };

    /// <summary>It is never given back.</summary>
    private static LeaseRow Upkeep() => new()
    {
        Name = "upkeep", Owner = "portal", Until = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
    };

    private static void Add(ServiceProvider services, params object[] rows)
    {
        using var db = services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContext();
        db.AddRange(rows);
        db.SaveChanges();
    }

    /// <summary>Who has the vault gives up its use when disposed.</summary>
    private static void Touch(ServiceProvider services) => services.GetRequiredService<IDbContextFactory<VaultDb>>();

    private ServiceProvider Registered() => new ServiceCollection()
        .AddLogging().AddDatabase("sqlite:data", folder.Path).BuildServiceProvider();

    /// <summary>As a start makes it, with the tables of the pages.</summary>
    private SqliteVaultFactory Made()
    {
        var vault = new SqliteVaultFactory(folder.Path);
        vault.Migrate();
        _ = new SqliteReadDatabases(folder.Path, vault, TimeProvider.System);
        return vault;
    }
}
