using System.Security.Cryptography;
using System.Text;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Workspaces;

/// <summary>Who knocks at which door, as it is counted.</summary>
/// <param name="Hash">SHA-256 in hex.</param>
/// <param name="Longest">The longest wait between two attempts.</param>
public sealed record Knock(string Hash, TimeSpan Longest)
{
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);

    /// <summary>From a network, for one account: others' failures do not count, and neither do those from elsewhere.</summary>
    public static Knock FromNetwork(string door, string network, string account) => Of(QuarterHour, door, network, account);

    /// <summary>From a browser in which the member has signed in before.</summary>
    public static Knock FromBrowser(Guid browserId, Guid memberId) =>
        Of(TimeSpan.FromMinutes(1), "browser", browserId.ToString(), memberId.ToString());

    /// <summary>From wherever: for counting alone.</summary>
    public static Knock FromAnywhere(string account) => Of(TimeSpan.Zero, "anywhere", account);

    private static Knock Of(TimeSpan longest, params string[] parts) => new(
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)))), longest);
}

/// <summary>
/// Slows guessing down: five attempts are free, each one after that has to wait twice as long as the one before. Nothing is
/// ever locked. An attempt counts as failed until it is <see cref="Clear">cleared</see>, so that guesses at the same moment
/// are counted one by one.
/// </summary>
public sealed class Attempts(IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    private const int Free = 5;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    /// <summary>Before what was given is looked at.</summary>
    /// <returns>How long to wait; null = go on, it has been counted.</returns>
    public async Task<TimeSpan?> Begin(Knock knock, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        while (true)
        {
            var now = time.GetUtcNow().UtcDateTime;
            var row = await Find(db, knock, now, ct);
            if (row?.NextAt > now) return row.NextAt - now;
            if (await Count(db, knock, row, now, ct)) return null;
        }
    }

    /// <summary>Counts without ever making anybody wait.</summary>
    /// <returns>How many there are now.</returns>
    public async Task<int> Note(Knock knock, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        while (true)
        {
            var now = time.GetUtcNow().UtcDateTime;
            var row = await Find(db, knock, now, ct);
            if (await Count(db, knock, row, now, ct)) return (row?.Failures ?? 0) + 1;
        }
    }

    /// <summary>It was right after all.</summary>
    public async Task Clear(Knock knock, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.Attempts.Where(a => a.Key == knock.Hash).ExecuteDeleteAsync(ct);
    }

    internal static TimeSpan WaitAfter(int failures, TimeSpan longest)
    {
        if (failures < Free) return TimeSpan.Zero;
        var wait = First * Math.Pow(2, Math.Min(failures - Free, 20));
        return wait < longest ? wait : longest;
    }

    private static async Task<AttemptRow?> Find(VaultDb db, Knock knock, DateTime now, CancellationToken ct)
    {
        var forgotten = now - Memory;
        await db.Attempts.Where(a => a.LastAt < forgotten).ExecuteDeleteAsync(ct);
        return await db.Attempts.AsNoTracking().SingleOrDefaultAsync(a => a.Key == knock.Hash, ct);
    }

    /// <returns>False = another attempt was counted at the same moment: look again.</returns>
    private static async Task<bool> Count(
        VaultDb db, Knock knock, AttemptRow? seen, DateTime now, CancellationToken ct)
    {
        var failures = (seen?.Failures ?? 0) + 1;
        var next = now + WaitAfter(failures, knock.Longest);
        if (seen is not null)
            return await db.Attempts.Where(a => a.Key == knock.Hash && a.Failures == seen.Failures).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Failures, failures).SetProperty(a => a.LastAt, now)
                    .SetProperty(a => a.NextAt, next), ct) == 1;

        db.Attempts.Add(new AttemptRow { Key = knock.Hash, Failures = failures, LastAt = now, NextAt = next });
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (!await db.Attempts.AnyAsync(a => a.Key == knock.Hash, ct)) throw;
            return false;
        }
    }
}
