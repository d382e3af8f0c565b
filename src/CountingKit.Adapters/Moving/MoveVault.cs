using CountingKit.Adapters.Database;
using CountingKit.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace CountingKit.Adapters.Moving;

/// <summary>
/// Moves an installation's vault (sign-ins, people, work, checkpoints) from its SQLite folder into an empty PostgreSQL
/// database: all rows in one transaction there, compared with what stands here before they count. Nobody connects again, as
/// long as the keys stay. Killed anywhere, it is started again.
/// </summary>
/// <param name="folder">The one that <c>Database__ConnectionString=sqlite:…</c> named.</param>
/// <param name="say">Takes lines for whoever watches.</param>
public sealed class MoveVault(string folder, IDbContextFactory<VaultDb> target, TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Looked at before a new database is made.</summary>
    /// <exception cref="MoveException">There is no old one.</exception>
    public static void Require(string folder)
    {
        if (!File.Exists(SqliteVaultFactory.FileIn(folder)))
            throw new MoveException($"There is no vault in {folder}, or this user may not look into it.");
    }

    /// <exception cref="MoveException">It can't be done, and why. The old database serves on.</exception>
    public async Task Run(CancellationToken ct)
    {
        Require(folder);
        using var old = new SqliteVaultFactory(folder);
        Open(old);
        await using var source = old.CreateDbContext();
        // Takes the file's one place for writers: from here on nothing changes there.
        await using var still = await Stopped(source, ct);
        if (await MovedVault.Is(source, ct))
        {
            say("The vault was moved already.");
            return;
        }

        await using var db = await target.CreateDbContextAsync(ct);
        await using var made = await db.Database.BeginTransactionAsync(ct);
        // It waits for as long as the old database's rows are summed up, and for whoever reads what is said.
        await db.Database.ExecuteSqlAsync($"SET LOCAL idle_in_transaction_session_timeout = 0", ct);
        var copy = new VaultCopy(source, db);
        if (await copy.TargetIsEmpty(ct)) await copy.Run(ct);
        if (await copy.Differs(say, ct) is { } table)
            throw new MoveException(
                $"The new database already holds other rows ({table}). Name an empty one; the old database serves on.");
        await made.CommitAsync(ct);

        MovedVault.Mark(source);
        await source.SaveChangesAsync(ct);
        await still.CommitAsync(ct);
        say("The vault is moved. Start the portal with the new setting and the same keys; keep the old folder as a backup.");
    }

    private void Open(SqliteVaultFactory old)
    {
        try
        {
            old.Migrate();
        }
        catch (SqliteException unusable) when (unusable.SqliteErrorCode is not raw.SQLITE_CANTOPEN
            && SqliteFile.Refusal(unusable) is { } refusal)
        {
            throw new MoveException($"--vault {refusal}", unusable);
        }
        catch (Exception refused) when (refused is ArgumentException or IOException or UnauthorizedAccessException
            or SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN })
        {
            throw new MoveException(
                $"The vault in {folder} cannot be opened: start this as the portal's user, on a disk that can be written to.",
                refused);
        }
    }

    /// <summary>A portal that runs on the old database holds leases there and renews them.</summary>
    private async Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> Stopped(
        VaultDb source, CancellationToken ct)
    {
        for (var isTold = false; ; isTold = true)
        {
            var still = await source.Database.BeginTransactionAsync(ct);
            var now = time.GetUtcNow().UtcDateTime;
            if (!await source.Leases.AsNoTracking().AnyAsync(lease => lease.Until > now, ct)) return still;
            await still.DisposeAsync();
            if (!isTold) say("Stop the portal now: this waits until it has stopped.");
            await Task.Delay(PollInterval, time, ct);
        }
    }
}

/// <summary>The mark in a vault whose rows serve elsewhere now: a portal that was started on it would use dead sign-ins.</summary>
public static class MovedVault
{
    internal const string Setting = "vault-moved";

    public static Task<bool> Is(VaultDb vault, CancellationToken ct) =>
        vault.Settings.AsNoTracking().AnyAsync(setting => setting.Name == Setting, ct);

    internal static void Mark(VaultDb vault) =>
        vault.Settings.Add(new SettingRow { Name = Setting, Value = "PostgreSQL" });
}
