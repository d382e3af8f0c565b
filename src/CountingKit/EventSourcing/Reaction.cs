using System.Text.Json;
using CountingKit.Vault;

namespace CountingKit.EventSourcing;

/// <summary>What a reactor wants done because of one event.</summary>
public sealed class Reaction(RecordedEvent cause, Streams streams, CurrentCommand current, TimeProvider time)
{
    private readonly List<WorkRow> queued = [];

    internal IReadOnlyList<WorkRow> Queued => queued;

    /// <summary>The end of what the reactor appended; null = nothing.</summary>
    internal Position? Appended { get; private set; }

    /// <summary>Queues a piece of work once per kind and key.</summary>
    /// <param name="payload">JSON for the worker; no secrets.</param>
    public void Queue<TPayload>(string kind, string key, TPayload payload, DateTimeOffset? notBefore = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        queued.Add(new WorkRow
        {
            Id = DerivedId.From(cause.Id, kind, key),
            Kind = kind,
            Key = key,
            Payload = JsonSerializer.Serialize(payload, WorkItem.Json),
            WorkspaceId = cause.Metadata.WorkspaceId,
            CorrelationId = cause.Metadata.CorrelationId,
            CausationId = cause.Id,
            QueuedAt = now,
            NotBefore = notBefore?.UtcDateTime ?? now,
        });
    }

    /// <summary>Appends to another stream what follows from the event; a repeat finds it there.</summary>
    public async Task Transact<TState>(
        string stream, Decider<TState> decider, Func<TState, IReadOnlyList<IEvent>> decide, CancellationToken ct)
    {
        var metadata = cause.Metadata;
        current.Context = new CommandContext(
            DerivedId.From(cause.Id, "reaction", stream), metadata.CorrelationId, cause.Id, metadata.Actor,
            metadata.WorkspaceId, metadata.Connections);
        var done = await streams.Transact(stream, decider, decide, ct);
        if (Appended is not { } end || done.Appended.Position > end) Appended = done.Appended.Position;
    }
}
