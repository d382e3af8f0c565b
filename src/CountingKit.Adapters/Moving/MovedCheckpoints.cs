using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Moving;

/// <summary>
/// Gives the vault the new log's positions: what the reactors have finished they don't do again, and what they haven't
/// they still will.
/// </summary>
internal sealed class MovedCheckpoints(IEventStore source, IEventStore target, VaultDb vault)
{
    /// <summary>Changes the rows; the caller saves them.</summary>
    public async Task Translate(CancellationToken ct)
    {
        foreach (var row in await vault.Checkpoints.ToListAsync(ct))
        {
            row.Position = (await Translate(Position.Parse(row.Position), ct)).ToString();
            if (row.FollowUp is { } followUp) row.FollowUp = (await Translate(Position.Parse(followUp), ct)).ToString();
        }
    }

    private async Task<Position> Translate(Position old, CancellationToken ct)
    {
        var original = await source.ReadAll(ReadDirection.Backwards, old, 1, ct).FirstOrDefaultAsync(ct);
        if (original is null) return default;
        var moved = await target.ReadStream(original.Stream, ReadDirection.Forwards, original.Revision, 1, ct)
            .FirstOrDefaultAsync(ct);
        return moved?.Id == original.Id
            ? moved.Position
            : throw new MoveException($"Event {original.Revision} of {original.Stream} is not in the new event store.");
    }
}
