using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.EventSourcing;

/// <summary>How far one reactor is.</summary>
/// <param name="Done">The last event that it finished; null = none yet.</param>
/// <param name="FollowUp">The end of what it appended so far; null = nothing.</param>
/// <param name="StandsStill">What comes next failed and is tried again: nobody should wait for it.</param>
public sealed record ReactorPlace(Position? Done, Position? FollowUp, bool StandsStill = false)
{
    internal ReactorPlace After(Position done, Position? appended) =>
        this with { Done = done, FollowUp = FollowUp > appended ? FollowUp : appended ?? FollowUp };
}

/// <summary>The reactors' checkpoints in the vault: what every process of an installation can know of them.</summary>
public sealed class ReactorCheckpoints(IDbContextFactory<VaultDb> vault, IServiceScopeFactory scopes)
{
    private readonly Lazy<IReadOnlyList<string>> names = new(() =>
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IReactor>().Select(r => r.Name)];
    });

    /// <summary>Every reactor of this version.</summary>
    public IReadOnlyList<string> Names => names.Value;

    /// <summary>Every reactor of this version, by its name.</summary>
    public async Task<Dictionary<string, ReactorPlace>> Read(CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var rows = await db.Checkpoints.AsNoTracking().ToDictionaryAsync(r => r.Reactor, ct);
        var still = await db.ReactorFailures.Where(f => f.Failures > 0).Select(f => f.Reactor).ToListAsync(ct);
        return Names.ToDictionary(
            name => name,
            name => rows.TryGetValue(name, out var row)
                ? new ReactorPlace(Position.Parse(row.Position), Parse(row.FollowUp), still.Contains(name))
                : new ReactorPlace(null, null, still.Contains(name)));
    }

    /// <summary>Moves a reactor on from where this process left it, together with work that it queued or woke.</summary>
    /// <param name="reaction">Null = there is none to store.</param>
    /// <param name="aside">The last event, if it is set aside; null = it is done.</param>
    /// <exception cref="DbUpdateException">Another process moved it meanwhile; nothing was queued.</exception>
    public async Task Move(
        string reactor, ReactorPlace from, ReactorPlace to, Reaction? reaction, ReactorSetAsideRow? aside,
        CancellationToken ct)
    {
        if (to == from) return;

        await using var db = await vault.CreateDbContextAsync(ct);
        await using var together = await db.Database.BeginTransactionAsync(ct);
        if (reaction is not null) await reaction.Store(db, ct);
        if (aside is not null && !await db.ReactorSetAsides.AnyAsync(Is(aside), ct)) db.ReactorSetAsides.Add(aside);
        var row = new CheckpointRow { Reactor = reactor, Position = (from.Done ?? to.Done!).ToString()! };
        if (from.Done is null) db.Checkpoints.Add(row);
        else db.Checkpoints.Attach(row);
        (row.Position, row.FollowUp) = (to.Done!.ToString()!, to.FollowUp?.ToString());
        db.Entry(row).Property(r => r.FollowUp).IsModified = from.Done is not null;
        await db.SaveChangesAsync(ct);
        await together.CommitAsync(ct);
    }

    /// <summary>An event that was set aside is done after all, together with the work that it queued or woke.</summary>
    internal async Task Done(ReactorSetAsideRow aside, Reaction reaction, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await using var together = await db.Database.BeginTransactionAsync(ct);
        await reaction.Store(db, ct);
        // Another process may have done it too: what it queued has the same keys.
        if (await db.ReactorSetAsides.SingleOrDefaultAsync(Is(aside), ct) is { } row) db.ReactorSetAsides.Remove(row);
        await db.SaveChangesAsync(ct);
        await together.CommitAsync(ct);
    }

    private static System.Linq.Expressions.Expression<Func<ReactorSetAsideRow, bool>> Is(ReactorSetAsideRow aside) =>
        row => row.Reactor == aside.Reactor && row.EventId == aside.EventId;

    private static Position? Parse(string? text) => text is null ? null : Position.Parse(text);
}
