using System.Text.Json;

namespace CountingKit.EventSourcing;

/// <summary>A leased piece of work.</summary>
/// <param name="CausationId">The event that it was queued for.</param>
/// <param name="Failures">Attempts since the last progress that ended in an unexpected error.</param>
public sealed record WorkItem(
    Guid Id, string Kind, string Key, string Payload, Guid WorkspaceId, Guid CorrelationId, Guid CausationId, int Failures)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Names this attempt among all, also of the same work: what it holds, it holds under this name.</summary>
    public string Attempt { get; init; } = Guid.CreateVersion7().ToString("N");

    /// <summary>How often it had been woken when this attempt began.</summary>
    internal int Wakes { get; init; }

    /// <summary>Whose turn it took.</summary>
    internal WorkTurn Turn { get; init; } = new(default, null);

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

        /// <summary>A lease that another holds: taken up again as soon as that is released; null = only by time.</summary>
        public string? WaitsFor { get; init; }
    }
}

/// <summary>Which lanes of a process do a kind of work: what is slow or stuck in one group holds up no other.</summary>
public enum WorkLane
{
    /// <summary>Export runs.</summary>
    Runs,

    /// <summary>What keeps connections and accounts in order: short, and never behind a run.</summary>
    Upkeep,
}

/// <summary>
/// Does one kind of work. It may be stopped anywhere and is then taken up again, here or elsewhere. It waits for nothing
/// that another does: who would wait gives the lane back with <see cref="WorkResult.Again"/>.
/// </summary>
public interface IWorker
{
    string Kind { get; }

    WorkLane Lane => WorkLane.Upkeep;

    /// <summary>
    /// Before each step that writes outside it appends that step at the expected revision: who lost the lease loses the
    /// append and stops.
    /// </summary>
    /// <param name="ct">Cancelled when the lease is lost or the process stops.</param>
    Task<WorkResult> Do(WorkItem item, CancellationToken ct);
}
