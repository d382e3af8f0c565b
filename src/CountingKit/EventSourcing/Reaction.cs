using System.Text.Json;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.EventSourcing;

/// <summary>What a reactor wants done because of one event.</summary>
public sealed class Reaction(RecordedEvent cause, Streams streams, CurrentCommand current, TimeProvider time)
{
    private readonly List<WorkRow> queued = [];
    private readonly List<(string Kind, string Key)> woken = [];

    /// <summary>There is something to <see cref="Store"/>.</summary>
    internal bool HasWork => queued.Count + woken.Count > 0;

    /// <summary>The end of what the reactor appended; null = nothing.</summary>
    internal Position? Appended { get; private set; }

    /// <summary>
    /// Queues a piece of work once per kind and key. One that another event queued is looked at anew, as if it were woken: what an
    /// attempt found out until now may not hold any more.
    /// </summary>
    /// <param name="payload">JSON for the worker; no secrets.</param>
    /// <param name="subject">
    /// Who it is for within the workspace, such as an organization: they take turns. Null = none in particular.
    /// </param>
    public void Queue<TPayload>(
        string kind, string key, TPayload payload, DateTimeOffset? notBefore = null, string? subject = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        queued.Add(new WorkRow
        {
            Id = DerivedId.From(cause.Id, kind, key),
            Kind = kind,
            Key = key,
            Payload = JsonSerializer.Serialize(payload, WorkItem.Json),
            WorkspaceId = cause.Metadata.WorkspaceId,
            Subject = subject,
            CorrelationId = cause.Metadata.CorrelationId,
            CausationId = cause.Id,
            QueuedAt = now,
            NotBefore = notBefore?.UtcDateTime ?? now,
        });
    }

    /// <summary>Has a piece of work that waits looked at now; one that is being done, again after that. Gone = nothing.</summary>
    public void Wake(string kind, string key) => woken.Add((kind, key));

    /// <summary>Appends to another stream what follows from the event; a repeat finds it there.</summary>
    /// <param name="step">Tells two decisions on one stream apart.</param>
    /// <returns>The state after the stream's last event.</returns>
    public async Task<TState> Transact<TState>(
        string stream, Decider<TState> decider, Func<TState, IReadOnlyList<IEvent>> decide, CancellationToken ct,
        string step = "reaction")
    {
        var metadata = cause.Metadata;
        current.Context = new CommandContext(
            DerivedId.From(cause.Id, step, stream), metadata.CorrelationId, cause.Id, metadata.Actor,
            metadata.WorkspaceId, metadata.Connections)
        {
            After = cause.Position,
        };
        var done = await streams.Transact(stream, decider, decide, ct);
        if (Appended is not { } end || done.Appended.Position > end) Appended = done.Appended.Position;
        return done.State;
    }

    /// <summary>Adds to a transaction what was queued and woken, at the database's time.</summary>
    internal async Task Store(VaultDb db, CancellationToken ct)
    {
        var now = await db.Now(ct);
        foreach (var work in queued)
        {
            (work.QueuedAt, work.NotBefore) = (now, now + (work.NotBefore - work.QueuedAt));
            var there = db.Work.Where(w => w.Kind == work.Kind && w.Key == work.Key);
            if (!await there.AnyAsync(ct)) db.Work.Add(work);
            else
                await there.Where(w => w.CausationId != work.CausationId).ExecuteUpdateAsync(
                    set => set.SetProperty(w => w.NotBefore, work.NotBefore).SetProperty(w => w.Wakes, w => w.Wakes + 1), ct);
        }

        foreach (var (kind, key) in woken)
            await db.Work.Where(w => w.Kind == kind && w.Key == key).ExecuteUpdateAsync(
                set => set.SetProperty(w => w.NotBefore, now).SetProperty(w => w.Wakes, w => w.Wakes + 1), ct);
    }
}
