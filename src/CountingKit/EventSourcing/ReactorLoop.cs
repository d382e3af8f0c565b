using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CountingKit.EventSourcing;

/// <summary>
/// One reactor on its way through the log, with a subscription and a checkpoint of its own: none waits for another. What one
/// event queues is stored in the transaction of the checkpoint.
/// </summary>
internal sealed class ReactorLoop(
    string name, IEventStore store, EventCatalog catalog, IServiceScopeFactory scopes, ReactorCheckpoints checkpoints,
    ReactorTroubles troubles, ReadModels readModels, WorkSignal signal, Outages outages, TimeProvider time, ILogger log)
{
    /// <summary>So often an event is tried before it is set aside: a moment's trouble is mostly over by then.</summary>
    public const int Tries = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly BackOff backOff = new(FirstPause, LongestPause, time);
    private (Guid EventId, int Failures) trying;
    private bool hasFailed = true;

    /// <summary>Until cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        await Task.Yield();
        while (true)
        {
            try
            {
                await Follow(ct);
            }
            catch (DbUpdateConcurrencyException overtaken) when (!ct.IsCancellationRequested)
            {
                log.LogInformation(overtaken, "Another process moved the reactor {Reactor} on; taken up from there", name);
                await backOff.Wait(ct);
            }
            catch (Exception trouble) when (!ct.IsCancellationRequested)
            {
                outages.Log(log, trouble, $"The reactor {name} failed; it is tried again");
                await Failed(outages.Of(trouble) ?? (trouble is ReactionException ? StorageCodes.NotFollowedUp : StorageCodes.Unexpected), ct);
                await backOff.Wait(ct);
            }
        }
    }

    /// <summary>One more try of an event that is set aside; if it succeeds, it is so no longer.</summary>
    public async Task TryAgain(ReactorSetAsideRow aside, CancellationToken ct)
    {
        try
        {
            var stored = await store.ReadStream(aside.Stream, ReadDirection.Forwards, (ulong)aside.Revision, 1, ct)
                .FirstOrDefaultAsync(ct);
            // The log of another installation, or one from before the event: there is nothing to act on.
            if (stored?.Id != aside.EventId) throw new InvalidOperationException("The event is not in the log.");
            var reaction = await React(catalog.Deserialize(stored), ct);
            await checkpoints.Done(aside, reaction, ct);
            if (reaction.HasWork) signal.Raise();
            log.LogInformation(
                "The reactor {Reactor} has done event {Revision} of {Stream} after all", name, aside.Revision, aside.Stream);
        }
        catch (Exception failed) when (!outages.IsPassing(failed))
        {
            log.LogError(
                failed, "The reactor {Reactor} cannot act on event {Revision} of {Stream}; it stays set aside", name,
                aside.Revision, aside.Stream);
            await troubles.StillFails(aside, CodeOf(failed), ct);
        }
    }

    private async Task Follow(CancellationToken ct)
    {
        var place = await Begin(ct);
        var stored = place;
        readModels.Reacted(name, place);
        await foreach (var batch in EventFeed.Batches(store.SubscribeToAll(place.Done, ct), catalog, ct))
        {
            try
            {
                foreach (var fed in batch.Events.SkipWhile(e => e.Position <= place.Done))
                {
                    var (next, isStored) = await Do(fed, stored, place, ct);
                    if (isStored) stored = next;
                    place = next;
                }
            }
            finally
            {
                // Also those before one that failed: they need not be done again.
                await checkpoints.Move(name, stored, place, null, null, ct);
                stored = place;
                readModels.Reacted(name, place);
            }

            if (!hasFailed) continue;
            await troubles.GoesOn(name, ct);
            hasFailed = false;
            backOff.Reset();
            readModels.Reacted(name, place = stored = place with { StandsStill = false });
        }
    }

    private async Task<ReactorPlace> Begin(CancellationToken ct)
    {
        // Before the place: once the log is reached, places beyond its end are set back.
        var end = await store.ReadAll(ReadDirection.Backwards, null, 1, ct).FirstOrDefaultAsync(ct);
        var place = (await checkpoints.Read(ct))[name];
        if (place.Done is not null || StartOf() is ReactorStart.Beginning || end is null) return place;
        var now = place with { Done = end.Position };
        await checkpoints.Move(name, place, now, null, null, ct);
        return now;
    }

    /// <summary>
    /// What is queued is stored at once; the place moves with it, and otherwise when no more events are at hand: a repeat of
    /// what was done since finds it done.
    /// </summary>
    private async Task<(ReactorPlace Next, bool IsStored)> Do(
        FedEvent fed, ReactorPlace stored, ReactorPlace place, CancellationToken ct)
    {
        try
        {
            if (fed.Unreadable is { } unreadable) throw unreadable;
            var reaction = await React(fed.Recorded!, ct);
            var next = place.After(fed.Position, reaction.Appended);
            if (!reaction.HasWork) return (next, false);
            await checkpoints.Move(name, stored, next, reaction, null, ct);
            signal.Raise();
            return (next, true);
        }
        catch (Exception failed) when (!IsPassing(failed))
        {
            if (fed.Unreadable is null && !IsLastTry(fed)) throw new ReactionException(fed.Stored, failed);
            log.LogError(
                failed, "The reactor {Reactor} cannot act on event {Revision} of {Stream}; it is set aside", name,
                fed.Stored.Revision, fed.Stored.Stream);
            var next = place.After(fed.Position, null);
            await checkpoints.Move(name, stored, next, null, SetAside(fed.Stored, CodeOf(failed)), ct);
            return (next, true);
        }
    }

    private async Task<Reaction> React(RecordedEvent recorded, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var reactor = Find(scope);
        var reaction = new Reaction(
            recorded,
            scope.ServiceProvider.GetRequiredService<Streams>(),
            scope.ServiceProvider.GetRequiredService<CurrentCommand>(),
            time);
        await reactor.React(recorded, reaction, ct);
        return reaction;
    }

    private ReactorStart StartOf()
    {
        using var scope = scopes.CreateScope();
        return Find(scope).Start;
    }

    private IReactor Find(IServiceScope scope) => scope.ServiceProvider.GetServices<IReactor>().Single(r => r.Name == name);

    /// <summary>Also when another process has moved the reactor on: this one reads its place again.</summary>
    private bool IsPassing(Exception failure) => failure is DbUpdateConcurrencyException || outages.IsPassing(failure);

    private bool IsLastTry(FedEvent fed)
    {
        trying = trying.EventId == fed.Stored.Id ? (fed.Stored.Id, trying.Failures + 1) : (fed.Stored.Id, 1);
        return trying.Failures >= Tries;
    }

    private static string CodeOf(Exception failure) =>
        failure is UnreadableEventException unreadable ? unreadable.Code : StorageCodes.NotFollowedUp.Code;

    private ReactorSetAsideRow SetAside(StoredEvent stored, string code) => new()
    {
        Reactor = name,
        EventId = stored.Id,
        Stream = stored.Stream,
        Revision = (long)stored.Revision,
        EventType = stored.Type,
        At = stored.Created.UtcDateTime,
        Code = code,
    };

    private async Task Failed(ErrorCode code, CancellationToken ct)
    {
        hasFailed = true;
        readModels.StandsStill(name);
        try
        {
            await troubles.Failed(name, code, ct);
        }
        catch (Exception away) when (!ct.IsCancellationRequested)
        {
            outages.Log(log, away, $"That the reactor {name} failed could not be noted");
        }
    }

    private sealed class ReactionException(StoredEvent stored, Exception inner)
        : Exception($"Event {stored.Revision} of {stored.Stream} could not be acted on yet.", inner);
}
