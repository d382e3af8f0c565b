using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.EventSourcing;

/// <summary>How far one reactor is.</summary>
/// <param name="Done">The last event that it finished; null = none yet.</param>
/// <param name="FollowUp">The end of what it appended so far; null = nothing.</param>
public sealed record ReactorPlace(Position? Done, Position? FollowUp)
{
    internal ReactorPlace After(RecordedEvent done, Reaction reaction) =>
        new(done.Position, FollowUp > reaction.Appended ? FollowUp : reaction.Appended ?? FollowUp);
}

/// <summary>The reactors' checkpoints in the vault: what every process of an installation can know of them.</summary>
public sealed class ReactorCheckpoints(IDbContextFactory<VaultDb> vault, IServiceScopeFactory scopes)
{
    private readonly Lazy<IReadOnlyList<string>> names = new(() =>
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IReactor>().Select(r => r.Name)];
    });

    /// <summary>Every reactor of this version, by its name.</summary>
    public async Task<Dictionary<string, ReactorPlace>> Read(CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        var rows = await db.Checkpoints.AsNoTracking().ToDictionaryAsync(r => r.Reactor, ct);
        return names.Value.ToDictionary(
            name => name,
            name => rows.TryGetValue(name, out var row)
                ? new ReactorPlace(Parse(row.Position), Parse(row.FollowUp))
                : new ReactorPlace(null, null));
    }

    /// <summary>What all of them together have done: the least, and the end of all that they appended.</summary>
    public static ReactorPlace Together(IReadOnlyCollection<ReactorPlace> places) => new(
        places.Any(p => p.Done is null) ? null : places.Min(p => p.Done), places.Max(p => p.FollowUp));

    /// <summary>Moves on from where this process left the reactors, together with work that one of them queued or woke.</summary>
    /// <param name="reaction">Null = nothing was.</param>
    /// <exception cref="DbUpdateException">Another process moved one of them meanwhile; nothing was queued.</exception>
    public async Task Move(
        IReadOnlyDictionary<string, ReactorPlace> from, IReadOnlyDictionary<string, ReactorPlace> to,
        Reaction? reaction, CancellationToken ct)
    {
        var moved = to.Where(place => place.Value != from[place.Key]).ToList();
        if (moved.Count == 0) return;

        await using var db = await vault.CreateDbContextAsync(ct);
        await using var together = await db.Database.BeginTransactionAsync(ct);
        if (reaction is not null) await reaction.Store(db, ct);
        foreach (var (reactor, place) in moved) Move(db, reactor, from[reactor], place);
        await db.SaveChangesAsync(ct);
        await together.CommitAsync(ct);
    }

    private static void Move(VaultDb db, string reactor, ReactorPlace from, ReactorPlace to)
    {
        var row = new CheckpointRow { Reactor = reactor, Position = (from.Done ?? to.Done!).ToString()! };
        if (from.Done is null) db.Checkpoints.Add(row);
        else db.Checkpoints.Attach(row);
        (row.Position, row.FollowUp) = (to.Done!.ToString()!, to.FollowUp?.ToString());
        db.Entry(row).Property(r => r.FollowUp).IsModified = from.Done is not null;
    }

    private static Position? Parse(string? text) => text is null ? null : Position.Parse(text);
}
