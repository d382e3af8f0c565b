using System.Security.Cryptography;
using System.Text;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Workspaces;

/// <summary>Who knocks at which door, as it is counted.</summary>
/// <param name="Hash">SHA-256 in hex.</param>
/// <param name="Free">How many failures make nobody wait.</param>
/// <param name="Longest">The longest wait between two attempts.</param>
/// <param name="Memory">After so long without a failure there was none.</param>
public sealed record Knock(string Hash, int Free, TimeSpan Longest, TimeSpan Memory)
{
    private const int FreeForOne = 5;

    // An office of forty behind one address mistypes, too.
    private const int FreeForAll = 50;

    internal static readonly TimeSpan LongestMemory = TimeSpan.FromDays(1);

    /// <summary>From a network, for one account: others' failures do not count, and neither do those from elsewhere.</summary>
    public static Knock FromNetwork(string door, string network, string account) =>
        new(Of(door, network, account), FreeForOne, TimeSpan.FromMinutes(15), LongestMemory);

    /// <summary>From a network, whatever the account: one password for each of many accounts is guessing, too.</summary>
    public static Knock FromWholeNetwork(string door, string network) =>
        new(Of("whole network", door, network), FreeForAll, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

    /// <summary>From a browser in which the member has signed in before.</summary>
    public static Knock FromBrowser(Guid browserId, Guid memberId) => new(
        Of("browser", browserId.ToString(), memberId.ToString()), FreeForOne, TimeSpan.FromMinutes(1), LongestMemory);

    /// <summary>From wherever: for counting alone.</summary>
    public static Knock FromAnywhere(string account) =>
        new(Of("anywhere", account), int.MaxValue, TimeSpan.Zero, LongestMemory);

    private static string Of(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}

/// <summary>
/// Slows guessing down: some attempts are free, each one after that has to wait twice as long as the one before. Nothing is
/// ever locked. An attempt counts as failed until it is <see cref="Clear">cleared</see>, so that guesses at the same moment
/// are counted one by one. One that has to wait writes nothing, so that a flood of them keeps nobody from the vault.
/// </summary>
public sealed class Attempts(IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    internal const int MostRows = 20_000;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);

    private long sweptAt;

    /// <summary>Before what was given is looked at.</summary>
    /// <returns>How long to wait; null = go on, it has been counted.</returns>
    public async Task<TimeSpan?> Begin(Knock knock, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        while (true)
        {
            var now = time.GetUtcNow().UtcDateTime;
            var row = await Find(db, knock, ct);
            if (row?.NextAt > now) return row.NextAt - now;
            if (await Count(db, knock, row, now, ct) is not null) return null;
        }
    }

    /// <summary>How long to wait; null = not at all. Nothing is counted.</summary>
    public async Task<TimeSpan?> Wait(Knock knock, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        return (await Find(db, knock, ct))?.NextAt is { } next && next > now ? next - now : null;
    }

    /// <summary>Counts a failure.</summary>
    /// <returns>How many there are now.</returns>
    public async Task<int> Note(Knock knock, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        while (true)
        {
            var now = time.GetUtcNow().UtcDateTime;
            if (await Count(db, knock, await Find(db, knock, ct), now, ct) is { } failures) return failures;
        }
    }

    /// <summary>It was right after all.</summary>
    public async Task Clear(Knock knock, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.Attempts.Where(a => a.Key == knock.Hash).ExecuteDeleteAsync(ct);
    }

    internal static TimeSpan WaitAfter(int failures, Knock knock)
    {
        if (failures < knock.Free) return TimeSpan.Zero;
        var wait = First * Math.Pow(2, Math.Min(failures - knock.Free, 20));
        return wait < knock.Longest ? wait : knock.Longest;
    }

    private static Task<AttemptRow?> Find(VaultDb db, Knock knock, CancellationToken ct) =>
        db.Attempts.AsNoTracking().SingleOrDefaultAsync(a => a.Key == knock.Hash, ct);

    /// <returns>How many there are now; null = another attempt was counted at the same moment: look again.</returns>
    private async Task<int?> Count(VaultDb db, Knock knock, AttemptRow? seen, DateTime now, CancellationToken ct)
    {
        var failures = seen is null || seen.LastAt < now - knock.Memory ? 1 : seen.Failures + 1;
        var next = now + WaitAfter(failures, knock);
        if (seen is not null)
            return await db.Attempts
                .Where(a => a.Key == knock.Hash && a.Failures == seen.Failures && a.LastAt == seen.LastAt)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.Failures, failures).SetProperty(a => a.LastAt, now)
                        .SetProperty(a => a.NextAt, next), ct) == 1 ? failures : null;

        await Sweep(db, now, ct);
        db.Attempts.Add(new AttemptRow { Key = knock.Hash, Failures = failures, LastAt = now, NextAt = next });
        try
        {
            await db.SaveChangesAsync(ct);
            return failures;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (!await db.Attempts.AnyAsync(a => a.Key == knock.Hash, ct)) throw;
            return null;
        }
    }

    /// <summary>What is over goes, and the oldest of what is too much, once a minute at most.</summary>
    private async Task Sweep(VaultDb db, DateTime now, CancellationToken ct)
    {
        var last = Interlocked.Read(ref sweptAt);
        if (now.Ticks - last < BetweenSweeps.Ticks || Interlocked.CompareExchange(ref sweptAt, now.Ticks, last) != last) return;
        var tooMuch = await db.Attempts.OrderByDescending(a => a.LastAt).Skip(MostRows).Select(a => (DateTime?)a.LastAt)
            .FirstOrDefaultAsync(ct);
        var forgotten = now - Knock.LongestMemory;
        await db.Attempts.Where(a => a.LastAt < forgotten || a.LastAt <= tooMuch).ExecuteDeleteAsync(ct);
    }
}
