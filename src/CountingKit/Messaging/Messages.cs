using System.Reflection;
using MediatR;

namespace CountingKit.Messaging;

/// <summary>Something that a member wants done. Repeated with the same id it is done once.</summary>
public interface ICommand<out TResult> : IRequest<TResult>, IMessage
{
    /// <summary>Made when the form was rendered (or sent by the API's caller as its idempotency key).</summary>
    Guid CommandId { get; }
}

/// <summary>Something that a member wants to know. Never writes.</summary>
public interface IQuery<out TResult> : IRequest<TResult>, IMessage;

/// <summary>
/// Names what it touches by the interfaces below, so that it can be checked before its handler runs; one that names nothing
/// says so with <see cref="TouchesAttribute"/>.
/// </summary>
public interface IMessage;

/// <summary>Which organizations a message or an event touches.</summary>
public enum Organizations
{
    /// <summary>None: it is about the workspace as such, or about the requester.</summary>
    None,

    /// <summary>Those that the requester may see: its handler cuts what it gives to them.</summary>
    Visible,

    /// <summary>Those of what it names; checked before its handler runs.</summary>
    Named,

    /// <summary>Those of a sign-in of the requester's own.</summary>
    OwnSignIn,
}

/// <summary>Said by every message and event that names nothing whose organizations could be looked up.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TouchesAttribute(Organizations organizations) : Attribute
{
    public Organizations Organizations { get; } = organizations;
}

public static class OrganizationsOf
{
    private static readonly Type[] Naming =
    [
        typeof(IConcernsConnection), typeof(IConcernsConnections), typeof(IConcernsGoogleAccount),
        typeof(IConcernsSpreadsheet), typeof(IConcernsExporter), typeof(IConcernsRun), typeof(IConcernsRuns),
    ];

    /// <returns>Null = it does not say.</returns>
    public static Organizations? Message(Type message) => Said(message, Naming);

    /// <returns>Null = it does not say.</returns>
    public static Organizations? Event(Type @event) => Said(@event, [.. Naming, typeof(IOwnershipEvent)]);

    private static Organizations? Said(Type type, Type[] naming) =>
        naming.Any(n => n.IsAssignableFrom(type))
            ? Organizations.Named
            : type.GetCustomAttribute<TouchesAttribute>()?.Organizations;
}

/// <summary>About one connection.</summary>
public interface IConcernsConnection
{
    Guid ConnectionId { get; }
}

/// <summary>About several connections at once, such as the ones an exporter reads.</summary>
public interface IConcernsConnections
{
    IReadOnlyList<Guid> ConnectionIds { get; }
}

/// <summary>About one Google account.</summary>
public interface IConcernsGoogleAccount
{
    Guid AccountId { get; }
}

/// <summary>About one spreadsheet, by our id of it.</summary>
public interface IConcernsSpreadsheet
{
    Guid SpreadsheetKey { get; }
}

/// <summary>About one exporter, and so about each organization that it reads.</summary>
public interface IConcernsExporter
{
    Guid ExporterId { get; }
}

/// <summary>About one run, and so about each organization that it read.</summary>
public interface IConcernsRun
{
    Guid RunId { get; }
}

/// <summary>About several runs, and so about each organization that one of them read.</summary>
public interface IConcernsRuns
{
    IReadOnlyList<Guid> RunIds { get; }
}
