using CountingKit.Adapters.Database;
using CountingKit.Testing;
using CountingKit.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.Database;

/// <summary>What stays of a vault that was made by a start that had to be refused.</summary>
public sealed class UnusedVaults : IDisposable
{
    private static readonly DateTime At = new(2026, 11, 29, 22, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder folder = new();

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public void Nothing_stays_of_one_that_knows_no_log_and_nothing_else_is_touched()
    {
        var vault = Made();
        string[] others = ["events.db", "read-models-v1-1.db.damaged-20261129T220000Z", "vault.db.backup"];
        foreach (var file in others) File.WriteAllText(folder[file], "of somebody else");

        vault.RemoveUnused();
        vault.RemoveUnused();

        Directory.EnumerateFileSystemEntries(folder.Path).Select(file => Path.GetFileName(file)).Should()
            .BeEquivalentTo(others.Append("vault.migrating"), "somebody may wait for the lock");
    }

    [Theory]
    [InlineData("installation")]
    [InlineData("checkpoint")]
    [InlineData("sign-in at Xero")]
    [InlineData("sign-in at Google")]
    [InlineData("login")]
    [InlineData("person")]
    [InlineData("API key")]
    [InlineData("lease")]
    public void One_that_knows_a_log_or_a_person_holds_a_sign_in_or_a_key_or_is_in_use_stays(string known)
    {
        var vault = Made();
        using (var db = vault.CreateDbContext())
        {
            db.Add(Row(known));
            db.SaveChanges();
        }

        vault.RemoveUnused();

        using var after = vault.CreateDbContext();
        (after.Settings.Count() + after.Checkpoints.Count() + after.XeroGrants.Count() + after.GoogleCredentials.Count()
            + after.Logins.Count() + after.People.Count() + after.ApiKeys.Count() + after.Leases.Count()).Should().Be(1);
    }

    [Fact]
    public void A_lease_that_has_run_out_keeps_none()
    {
        var vault = Made();
        using (var db = vault.CreateDbContext())
        {
            db.Add(new LeaseRow { Name = "reactors", Owner = "dead", Until = Now.AddMinutes(-1) });
            db.SaveChanges();
        }

        vault.RemoveUnused();

        File.Exists(SqliteVaultFactory.FileIn(folder.Path)).Should().BeFalse();
    }

    [Fact]
    public void One_that_another_start_works_on_stays()
    {
        var vault = Made();
        var before = Directory.GetFiles(folder.Path, "*.db");
        using var other = new SqliteConnection($"Data Source={folder["vault.migrating"]};Pooling=False");
        other.Open();
        using var hold = new SqliteCommand("BEGIN EXCLUSIVE", other);
        hold.ExecuteNonQuery();

        vault.Invoking(v => v.RemoveUnused(patience: 1)).Should().Throw<SqliteException>();

        Directory.GetFiles(folder.Path, "*.db").Should().BeEquivalentTo(before).And.Contain(folder["vault.db"]);
    }

    [Fact]
    public void A_command_that_made_none_removes_none()
    {
        using var first = Registered();
        using var second = Registered();
        var file = SqliteVaultFactory.FileIn(folder["data"]);

        second.RemoveNewVault();
        File.Exists(file).Should().BeTrue("it was there before");

        first.RemoveNewVault();
        File.Exists(file).Should().BeFalse();
    }

    [Fact]
    public void One_that_cannot_be_looked_into_stays_and_hides_no_other_trouble()
    {
        using var services = Registered();
        SqliteConnection.ClearAllPools();
        var file = SqliteVaultFactory.FileIn(folder["data"]);
        File.WriteAllText(file, new string('x', 4096));

        services.RemoveUnusedVault();

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
        "lease" => new LeaseRow { Name = "reactors", Owner = "portal", Until = Now.AddMinutes(1) },
        _ => throw new ArgumentOutOfRangeException(nameof(known)),
    };

    private ServiceProvider Registered() =>
        new ServiceCollection().AddLogging().AddDatabase("sqlite:data", folder.Path).BuildServiceProvider();

    /// <summary>As a start makes it, with the tables of the pages.</summary>
    private SqliteVaultFactory Made()
    {
        var vault = new SqliteVaultFactory(folder.Path);
        vault.Migrate();
        _ = new SqliteReadDatabases(folder.Path, TimeProvider.System);
        return vault;
    }
}
