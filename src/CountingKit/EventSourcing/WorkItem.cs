using System.Text.Json;

namespace CountingKit.EventSourcing;

/// <summary>A leased piece of work.</summary>
/// <param name="CausationId">The event that it was queued for.</param>
/// <param name="Failures">Attempts since the last progress that ended in an unexpected error.</param>
public sealed record WorkItem(
    Guid Id, string Kind, string Key, string Payload, Guid WorkspaceId, Guid CorrelationId, Guid CausationId, int Failures)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public TPayload Read<TPayload>() => JsonSerializer.Deserialize<TPayload>(Payload, Json)
        ?? throw new JsonException($"The work {Kind} {Key} has no payload.");

    /// <summary>A payload as <see cref="Read"/> reads it.</summary>
    public static string Write<TPayload>(TPayload payload) => JsonSerializer.Serialize(payload, Json);

    /// <summary>The context for what this work appends in one of its steps.</summary>
    public CommandContext Context(string step, IReadOnlyList<Guid> connections) =>
        CommandContext.Of(Id, step, CorrelationId, WorkspaceId, connections);
}

/// <summary>How a piece of work ended for now.</summary>
public abstract record WorkResult
{
    private WorkResult() { }

    /// <summary>Done: the work is forgotten.</summary>
    public sealed record Done : WorkResult;

    /// <summary>Not yet: taken up again at <see cref="At"/> (UTC).</summary>
    public sealed record Again(DateTimeOffset At) : WorkResult
    {
        /// <summary>What the next attempt reads; null = the same as this one.</summary>
        public string? Payload { get; init; }
    }
}

/// <summary>Does one kind of work. It may be stopped anywhere and is then taken up again, here or elsewhere.</summary>
public interface IWorker
{
    string Kind { get; }

    /// <summary>
    /// Before each step that writes outside it appends that step at the expected revision: who lost the lease loses the
    /// append and stops.
    /// </summary>
    /// <param name="ct">Cancelled when the lease is lost or the process stops.</param>
    Task<WorkResult> Do(WorkItem item, CancellationToken ct);
}
