namespace CountingKit.EventSourcing;

/// <summary>What the events of the command at hand will say of it.</summary>
public sealed record CommandContext(
    Guid CommandId, Guid CorrelationId, Guid CausationId, string Actor, Guid WorkspaceId, IReadOnlyList<Guid> Connections)
{
    /// <summary>It is certain that nothing was appended under this command's id before: no repeat of it need be looked for.</summary>
    public bool IsFirst { get; init; }

    /// <summary>UTC: for a repeat, when its number was first seen; null = it is none, or nobody knows.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>For what follows from an event, that event's place: none of its own events stands before it. Null = unknown.</summary>
    public Position? After { get; init; }

    /// <summary>A person's or a program's own command, not what a reactor or a worker makes of one.</summary>
    public bool IsCommand => CausationId == CommandId;

    public EventMetadata ToMetadata() => new(CorrelationId, CausationId, Actor, CommandId, WorkspaceId, Connections);

    /// <summary>For what a worker or reactor does because of an event or a queued piece of work.</summary>
    public static CommandContext Of(
        Guid cause, string step, Guid correlationId, Guid workspaceId, IReadOnlyList<Guid> connections) =>
        new(DerivedId.From(cause, step), correlationId, cause, EventSourcing.Actor.System, workspaceId, connections);
}

/// <summary>Holds the command at hand for the length of a scope.</summary>
public sealed class CurrentCommand
{
    private CommandContext? context;

    public bool HasContext => context is not null;

    /// <exception cref="InvalidOperationException">No command is at hand: a query must not write.</exception>
    public CommandContext Context
    {
        get => context ?? throw new InvalidOperationException("No command is at hand.");
        set => context = value;
    }
}
