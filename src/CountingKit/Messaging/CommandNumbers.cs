using System.Collections.Concurrent;
using System.Reflection;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Messaging;

/// <summary>Makes something under an id that comes with the form: only the first command that brings it has it.</summary>
public interface IBringsId
{
    Guid BroughtId { get; }
}

/// <summary>
/// One number, one command: of one type, on one target, with one body. The same again is a repeat and finds what the first
/// one did; anything else under that number is refused before it does anything.
/// </summary>
public sealed class CommandNumbers(IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    /// <summary>So long a number is remembered: longer than any page stays open and any program tries again.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(60);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(6);
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Targets = new();

    private long sweptAt;

    /// <summary>The id by which a command's events are found: from who sends what, to which targets, under which number.</summary>
    public static Guid IdOf(Guid workspaceId, Guid memberId, IMessage command, Guid number) => DerivedId.From(memberId,
    [
        command.GetType().Name, number.ToString(), workspaceId.ToString(),
        .. Targets.GetOrAdd(command.GetType(), IdsIn).Select(id => $"{id.Name}={id.GetValue(command)}"),
    ]);

    /// <returns>
    /// The command's id, and since when something may have been done under it (UTC); null = it is certain that nothing was.
    /// </returns>
    /// <exception cref="RefusedException">CK-FORM-02: the number was used for something else.</exception>
    /// <exception cref="NotFoundException">What it would make bears an id that another command brought.</exception>
    internal async Task<(Guid CommandId, DateTimeOffset? Since)> Take(
        Requester requester, IMessage command, Guid number, CancellationToken ct)
    {
        var row = new CommandNumberRow
        {
            WorkspaceId = requester.WorkspaceId,
            MemberId = requester.MemberId,
            Number = number,
            Type = command.GetType().Name,
            Body = CommandBody.HashOf(command),
            CommandId = IdOf(requester.WorkspaceId, requester.MemberId, command, number),
            At = time.GetUtcNow().UtcDateTime,
        };
        await using var db = await vault.CreateDbContextAsync(ct);
        if (await Known(db, row, ct) is { } known) return (known.CommandId, Moment(known.At));

        var begun = await BegunBefore(db, row, ct);
        if (begun is var (earlier, at)) (row.CommandId, row.At) = (earlier, at);
        else if (requester.Address is { } address) db.Access.Add(Access(row, address));
        db.CommandNumbers.Add(row);
        if (command is IBringsId { BroughtId: var brought } && !await Reserve(db, row, brought, ct))
        {
            // The same command, sent several times at once, came just before.
            var before = await Known(db, row, ct) ?? row;
            return (before.CommandId, Moment(before.At));
        }

        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // The same number, or another command with the same id to bring, came in the same moment.
            db.ChangeTracker.Clear();
            if (await Known(db, row, ct) is { } first) return (first.CommandId, Moment(first.At));
            if (command is IBringsId rival) await Reserve(db, row, rival.BroughtId, ct);
            throw;
        }

        await Sweep(db, ct);
        return (row.CommandId, begun is null ? null : Moment(row.At));
    }

    private static DateTimeOffset Moment(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));

    private static async Task<CommandNumberRow?> Known(VaultDb db, CommandNumberRow row, CancellationToken ct)
    {
        var known = await db.CommandNumbers.AsNoTracking().SingleOrDefaultAsync(
            n => n.WorkspaceId == row.WorkspaceId && n.MemberId == row.MemberId && n.Number == row.Number, ct);
        if (known is null) return null;
        return known.Type == row.Type && known.Body == row.Body ? known : throw FormCodes.NumberUsed.Refuse();
    }

    /// <summary>
    /// A number that was swept since, or was used before numbers were remembered: its command goes on under its own id.
    /// </summary>
    private static async Task<(Guid CommandId, DateTime At)?> BegunBefore(VaultDb db, CommandNumberRow row, CancellationToken ct)
    {
        var withoutTarget = DerivedId.From(row.MemberId, row.Type, row.Number.ToString());
        var found = await db.Access.Where(a => a.CommandId == row.CommandId || a.CommandId == withoutTarget)
            .Select(a => new { a.CommandId, a.At }).ToListAsync(ct);
        var begun = found.Find(a => a.CommandId == row.CommandId) ?? found.FirstOrDefault();
        return begun is null ? null : (begun.CommandId, begun.At);
    }

    /// <returns>False when this same command has the id already.</returns>
    private static async Task<bool> Reserve(VaultDb db, CommandNumberRow row, Guid brought, CancellationToken ct)
    {
        var holder = await db.CommandNumbers.AsNoTracking().SingleOrDefaultAsync(
            n => n.WorkspaceId == Guid.Empty && n.MemberId == Guid.Empty && n.Number == brought, ct);
        if (holder is not null) return holder.CommandId == row.CommandId ? false : throw new NotFoundException();
        db.CommandNumbers.Add(new CommandNumberRow
        {
            Number = brought,
            Type = row.Type,
            Body = "",
            CommandId = row.CommandId,
            At = row.At,
        });
        return true;
    }

    private async Task Sweep(VaultDb db, CancellationToken ct)
    {
        var last = Volatile.Read(ref sweptAt);
        if (last != 0 && time.GetElapsedTime(last) < SweepEvery) return;
        if (Interlocked.CompareExchange(ref sweptAt, time.GetTimestamp(), last) != last) return;
        var old = time.GetUtcNow().UtcDateTime - Memory;
        await db.CommandNumbers.Where(n => n.At < old).ExecuteDeleteAsync(ct);
    }

    private static AccessRow Access(CommandNumberRow row, string address) => new()
    {
        CommandId = row.CommandId,
        MemberId = row.MemberId,
        Address = address,
        At = row.At,
    };

    private static PropertyInfo[] IdsIn(Type command) =>
    [
        .. command.GetProperties()
            .Where(p => p.PropertyType == typeof(Guid) && p.Name != nameof(ICommand<>.CommandId))
            .OrderBy(p => p.Name, StringComparer.Ordinal),
    ];
}
