using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Moving;

/// <summary>The kinds of event store; the positions of one mean nothing in another.</summary>
public enum LogKind
{
    Embedded = 1,
    EventStoreDb = 2,
}

/// <summary>
/// Remembers in the vault which kind of log its positions belong to, so that a portal that was pointed to another log by a
/// changed setting alone does not start: it would skip events, or do again what was done.
/// </summary>
public sealed class LogBinding(IDbContextFactory<VaultDb> vault)
{
    private const string Setting = "log";

    /// <returns>False = the database belongs to a log of the other kind.</returns>
    public async Task<bool> Allows(LogKind kind, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        if (await Read(db, ct) is { } bound) return bound == kind;
        db.Settings.Add(Row(kind));
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another portal that starts now was first.
            await using var again = await vault.CreateDbContextAsync(ct);
            if (await Read(again, ct) is { } theirs) return theirs == kind;
            throw;
        }
    }

    /// <summary>Null = nothing was ever started on this database.</summary>
    internal static async Task<LogKind?> Read(VaultDb db, CancellationToken ct)
    {
        if (await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Name == Setting, ct) is { } row)
            return Enum.Parse<LogKind>(row.Value);
        // Before there was a choice, every log was embedded.
        return await db.Checkpoints.AnyAsync(ct) ? LogKind.Embedded : null;
    }

    /// <summary>Changes the row; the caller saves it.</summary>
    internal static async Task Bind(VaultDb db, LogKind kind, CancellationToken ct)
    {
        if (await db.Settings.FindAsync([Setting], ct) is { } row) row.Value = kind.ToString();
        else db.Settings.Add(Row(kind));
    }

    private static SettingRow Row(LogKind kind) => new() { Name = Setting, Value = kind.ToString() };
}
