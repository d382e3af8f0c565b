using CountingKit.Adapters.Database;
using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Moving;

/// <summary>
/// Moves an installation from its embedded log to another event store: seals the one, copies, compares, and gives vault
/// and read models the new positions. Killed anywhere, it is started again and goes on.
/// </summary>
/// <param name="say">Takes lines for whoever watches.</param>
public sealed class MoveLog(
    EmbeddedEventStoreOptions from, IEventStore target, IDbContextFactory<VaultDb> vault, IReadDatabases readModels,
    TimeProvider time, Action<string> say)
{
    private const int SayEvery = 10_000;
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly EmbeddedSeal seal = new(from);

    /// <exception cref="MoveException">It can't be done, and why.</exception>
    /// <exception cref="EventStoreUnavailableException">One of the logs can't be reached; start it again later.</exception>
    public async Task Run(CancellationToken ct)
    {
        if (!seal.Exists) throw new MoveException($"There is no log at {from.Path}.");
        if (await IsMoved(ct)) throw new MoveException("This installation's log was moved already; there is nothing to do.");

        await using var source = new EmbeddedEventStore(from, time);
        var move = new LogMove(source, target, time);
        // A target that can't be used is told while the old log still goes on.
        await move.Check(ct);
        seal.Close();
        say("The embedded log takes no more events; pages still show what they show.");
        try
        {
            await Finish(source, move, ct);
        }
        catch (Exception failed) when (Told(failed) is { } told)
        {
            throw new MoveException(
                $"{told} The embedded log takes no events meanwhile: start the move again and it goes on, or let "
                + "the embedded log go on with move-log --from … --abandon.", failed);
        }
    }

    /// <summary>Gives up: the embedded log takes events again.</summary>
    /// <exception cref="MoveException">The move was finished: events may stand in the new log alone.</exception>
    public async Task Abandon(CancellationToken ct)
    {
        if (!seal.Exists) throw new MoveException($"There is no log at {from.Path}.");
        if (await IsMoved(ct)) throw new MoveException("The move was finished; the embedded log stays as it is.");
        seal.Open();
        say("The embedded log takes events again.");
    }

    private async Task Finish(EmbeddedEventStore source, LogMove move, CancellationToken ct)
    {
        await move.Copy(Progress(), ct);

        var (before, after) = (await LogHash.Of(source, ct), await LogHash.Of(target, ct));
        say($"Old log: {before.Events:N0} events, SHA-256 {before.Sha256}");
        say($"New log: {after.Events:N0} events, SHA-256 {after.Sha256}");
        if (before != after)
            throw new MoveException("The two logs differ. The new event store must take no other events; name an empty one.");

        await Switch(source, ct);
        say("Moved. Start the portal with the new setting; its pages fill from the new log. Keep the old file as a backup.");
    }

    private async Task<bool> IsMoved(CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        return await LogBinding.Read(db, ct) == LogKind.EventStoreDb;
    }

    /// <summary>
    /// Nothing may react or project meanwhile with the old positions, so this holds what those who do hold. Read models
    /// first: killed in between, they fill again from the old log.
    /// </summary>
    private async Task Switch(EmbeddedEventStore source, CancellationToken ct)
    {
        var leases = new Leases(vault, time);
        await using var reactors = await Hold(leases, ReactorRunner.Lease, ct);
        await using var projections = await Hold(leases, ProjectionRunner.Lease, ct);
        await readModels.OpenFresh().DisposeAsync();
        readModels.Index();
        readModels.Switch();

        await using var db = await vault.CreateDbContextAsync(ct);
        await new MovedCheckpoints(source, target, db).Translate(ct);
        await LogBinding.Bind(db, LogKind.EventStoreDb, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task<HeldLease> Hold(Leases leases, string name, CancellationToken ct)
    {
        for (var isTold = false; ; isTold = true)
        {
            if (await leases.Hold(name, NodeName.New().Name, LeaseDuration, ct) is { } held) return held;
            if (!isTold) say("Everything is copied. Stop the portal now: this waits until it has stopped, then finishes.");
            await Task.Delay(PollInterval, time, ct);
        }
    }

    /// <returns>Null = it is nothing that a second try or going back is the answer to.</returns>
    private static string? Told(Exception failed) =>
        failed is MoveException or EventStoreUnavailableException or OutcomeUnknownException or FolderGoneException
            ? failed.Message
            : DatabaseOutage.Told(failed);

    private Said Progress() => new(say);

    /// <summary>Synchronously, so that a line is never older than the next one.</summary>
    private sealed class Said(Action<string> say) : IProgress<long>
    {
        private long next = SayEvery;

        public void Report(long value)
        {
            if (value < next) return;
            say($"{value:N0} events copied");
            next = value + SayEvery;
        }
    }
}
