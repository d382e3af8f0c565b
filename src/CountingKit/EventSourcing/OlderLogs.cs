using System.Text.Json;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.EventSourcing;

/// <summary>The log was found to end before events that were there already.</summary>
/// <param name="EndedAt">When its last event of then had happened; what happened from then on is not in it.</param>
/// <param name="FoundAt">When it was found, by the vault's clock.</param>
public sealed record OlderLog(DateTimeOffset EndedAt, DateTimeOffset FoundAt);

/// <summary>That an older log was found stands in the vault until an owner has seen it, whichever portal found it.</summary>
public sealed class OlderLogs(IDbContextFactory<VaultDb> vault)
{
    private const string Setting = "older-log";

    /// <summary>Found once more before anybody saw it, it is told with all that may be missing.</summary>
    /// <param name="last">The last event that the log holds.</param>
    public async Task Note(StoredEvent? last, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var (ended, now) = (last?.Created.UtcDateTime ?? DateTime.UnixEpoch, await db.Now(ct));
        var row = await db.Settings.FindAsync([Setting], ct);
        var earlier = row is null ? ended : Read(row).EndedAt.UtcDateTime;
        if (row is null) db.Settings.Add(row = new() { Name = Setting, Value = "" });
        row.Value = JsonSerializer.Serialize(new OlderLog(earlier < ended ? earlier : ended, now));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (db.Settings.AsNoTracking().Any(s => s.Name == Setting))
        {
            // Another portal that starts now notes the same.
        }
    }

    /// <returns>Null = there is nothing that nobody has seen yet.</returns>
    public async Task<OlderLog?> Find(CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Name == Setting, ct) is { } row ? Read(row) : null;
    }

    internal async Task Seen(OlderLog seen, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var value = JsonSerializer.Serialize(seen);
        await db.Settings.Where(s => s.Name == Setting && s.Value == value).ExecuteDeleteAsync(ct);
    }

    private static OlderLog Read(SettingRow row) => JsonSerializer.Deserialize<OlderLog>(row.Value)!;
}
