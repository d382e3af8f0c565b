using CountingKit.EventSourcing;
using CountingKit.Vault;
using CountingKit.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Moving;

/// <summary>
/// The log and the vault of an installation know each other: the log's first event names the installation, and the vault
/// remembers it. A log from before there was such an event gets one at the next start, at its end.
/// </summary>
public sealed class InstallationBinding(
    IEventStore log, EventCatalog catalog, IDbContextFactory<VaultDb> vault, OlderLogs olderLogs)
{
    /// <summary>One for each log, so that of two portals that start on it one writes it.</summary>
    public const string Stream = "installation-log";
    private const string Setting = "installation";
    private const string Empty = "a log that holds no events";
    private const string Mend = "Name that log, or an empty database. If it is in a file that is missing, put the file back.";
    private const int Looks = 10;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Binds what is not bound yet.</summary>
    /// <returns>Null = they belong together; else why not, to be read behind the log's setting.</returns>
    public async Task<string?> Problem(CancellationToken ct)
    {
        // The vault is asked before the log: what it knows by then, the log of a rival that starts now held before.
        await using var db = await vault.CreateDbContextAsync(ct);
        var bound = await Bound(db, ct);
        var hasPositions = await db.Checkpoints.AnyAsync(ct);
        if (bound is null && !hasPositions && await IsInUse(ct))
        {
            // Nobody writes a second event before the vault is bound: if a rival that starts now did, it is bound by now.
            bound = await Bound(db, ct);
            if (bound is null)
                return (await Told(ct) is { } id ? $"names the log of installation {id}" : "names a log")
                    + ", which holds events, but the database of Database__ConnectionString is new and knows nothing of them. "
                    + "Restore that log's database from its backup, or name it; for a new installation, name an empty log.";
        }

        var told = await Told(ct);
        if (told is null)
        {
            var isEmpty = !await log.ReadAll(ReadDirection.Forwards, null, 1, ct).AnyAsync(ct);
            if (bound is not null)
                return $"names {(isEmpty ? Empty : "another log")}, but this database belongs to the log of installation {bound}. {Mend}";
            if (isEmpty && hasPositions) return $"names {Empty}, but this database belongs to a log that holds events. {Mend}";
            told = await Begin(ct);
        }

        bound ??= await Bind(told.Value, ct);
        return bound == told
            ? null
            : $"names the log of installation {told}, but this database belongs to the log of installation {bound}. "
                + "Name the log and the database of one installation.";
    }

    /// <summary>
    /// Reactors that were beyond the log's end are set back to it: they have acted on all that an older backup holds, and
    /// would pass over what is appended to it next. That there were such is noted first, for who looks later.
    /// </summary>
    /// <returns>True = there were such.</returns>
    public async Task<bool> SetBack(CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var rows = await db.Checkpoints.ToListAsync(ct);
        if (rows.Count == 0) return false;
        var furthest = rows.Max(row => Position.Parse(row.Position));
        var last = await Last(furthest, ct);
        var end = last?.Position ?? default;
        if (end >= furthest) return false;

        await olderLogs.Note(last, ct);
        foreach (var row in rows)
        {
            if (Position.Parse(row.Position) > end) row.Position = $"{end}";
            if (row.FollowUp is { } followUp && Position.Parse(followUp) > end) row.FollowUp = null;
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another portal that starts now does the same.
        }

        return true;
    }

    /// <summary>A cluster's node that answers may be a moment behind the one that was read before.</summary>
    private async Task<StoredEvent?> Last(Position expected, CancellationToken ct)
    {
        for (var look = 1; ; look++)
        {
            var last = await log.ReadAll(ReadDirection.Backwards, null, 1, ct).FirstOrDefaultAsync(ct);
            if (last?.Position >= expected || look == Looks) return last;
            await Task.Delay(PollInterval, ct);
        }
    }

    /// <summary>The log holds more than the first event, which stands alone where a first start was cut off.</summary>
    private async Task<bool> IsInUse(CancellationToken ct) =>
        await log.ReadAll(ReadDirection.Forwards, null, 2, ct).AnyAsync(stored => stored.Stream != Stream, ct);

    private async Task<Guid?> Told(CancellationToken ct) =>
        await log.ReadStream(Stream, ReadDirection.Forwards, null, 1, ct).FirstOrDefaultAsync(ct) is { } first
        && catalog.Deserialize(first).Event is InstallationCreated created
            ? created.InstallationId
            : null;

    private async Task<Guid> Begin(CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var metadata = new EventMetadata(id, id, Actor.System, id, Guid.Empty, []);
        try
        {
            await log.Append(
                Stream, ExpectedRevision.NoStream, [catalog.Serialize(new InstallationCreated(id), metadata, id)], ct);
            return id;
        }
        catch (WrongExpectedRevisionException)
        {
            // Another portal that starts now was first.
            return await Told(ct) ?? throw new InvalidOperationException("The log's first event is of another kind.");
        }
    }

    /// <returns>The installation whose log the vault belongs to; null = it knows of none yet.</returns>
    internal static Guid? Known(VaultDb db) =>
        db.Settings.AsNoTracking().SingleOrDefault(s => s.Name == Setting) is { } row ? Guid.Parse(row.Value) : null;

    private static async Task<Guid?> Bound(VaultDb db, CancellationToken ct) =>
        await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Name == Setting, ct) is { } row
            ? Guid.Parse(row.Value)
            : null;

    private async Task<Guid> Bind(Guid id, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        db.Settings.Add(new SettingRow { Name = Setting, Value = id.ToString() });
        try
        {
            await db.SaveChangesAsync(ct);
            return id;
        }
        catch (DbUpdateException)
        {
            // Another portal that starts now was first.
            await using var again = await vault.CreateDbContextAsync(ct);
            if (await Bound(again, ct) is { } theirs) return theirs;
            throw;
        }
    }
}
