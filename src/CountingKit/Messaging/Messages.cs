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
/// Names what it touches, so that it can be checked before its handler runs. A message that touches none of the kinds
/// below is about the workspace as a whole.
/// </summary>
public interface IMessage;

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
