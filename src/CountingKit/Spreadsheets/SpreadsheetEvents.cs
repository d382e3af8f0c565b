using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Spreadsheets;

/// <summary>How we write as somebody at Google.</summary>
public enum AccountKind
{
    /// <summary>A person's account, signed in by OAuth.</summary>
    Person,
    /// <summary>A service account's key.</summary>
    ServiceAccount,
}

// Stream googleaccount-{accountId}

/// <param name="Scopes">The permissions granted, as Google names them.</param>
public sealed record GoogleAccountConnected(Guid AccountId, AccountKind Kind, IReadOnlyList<string> Scopes) : IOwnershipEvent
{
    public (OwnedKind Kind, Guid Id, IReadOnlyList<Guid> Connections) Owned() =>
        (OwnedKind.GoogleAccount, AccountId, []);
}

public sealed record GoogleAccountReconnected(Guid AccountId, IReadOnlyList<string> Scopes) : IEvent, IConcernsGoogleAccount;

/// <summary>Google does not accept the sign-in any more.</summary>
public sealed record GoogleSignInExpired(Guid AccountId, string Code) : IEvent, IConcernsGoogleAccount;

/// <summary>Google accepts the sign-in again, without a new one.</summary>
public sealed record GoogleSignInRegained(Guid AccountId) : IEvent, IConcernsGoogleAccount;

/// <summary>A person asked to end it; a worker revokes the sign-in at Google and destroys it here.</summary>
public sealed record GoogleDisconnectRequested(Guid AccountId) : IEvent, IConcernsGoogleAccount;

public sealed record GoogleAccountDisconnected(Guid AccountId) : IEvent, IConcernsGoogleAccount;

// Stream spreadsheet-{spreadsheetKey}

/// <param name="SpreadsheetKey">Our id of it.</param>
/// <param name="SpreadsheetId">Google's id of it.</param>
/// <param name="Url">As Google said it then; pages make their own from the id.</param>
/// <param name="Created">True = made by us; false = an existing one was chosen.</param>
public sealed record SpreadsheetConnected(
    Guid SpreadsheetKey, Guid AccountId, string SpreadsheetId, string Title, string Url, bool Created)
    : IOwnershipEvent, IPlacementEvent
{
    public (OwnedKind Kind, Guid Id, Guid? Inside) Placed() => (OwnedKind.Spreadsheet, SpreadsheetKey, AccountId);

    public (OwnedKind Kind, Guid Id, IReadOnlyList<Guid> Connections) Owned() =>
        (OwnedKind.Spreadsheet, SpreadsheetKey, []);
}

/// <summary>Somebody tested the access; the result as it was seen.</summary>
/// <param name="Code">Null = it can be written to.</param>
public sealed record SpreadsheetTested(Guid SpreadsheetKey, string Title, string? Code) : IEvent, IConcernsSpreadsheet;

/// <summary>Another account writes to it from now on: the one before was disconnected.</summary>
public sealed record SpreadsheetAccountChanged(Guid SpreadsheetKey, Guid AccountId)
    : IPlacementEvent, IConcernsSpreadsheet, IConcernsGoogleAccount
{
    public (OwnedKind Kind, Guid Id, Guid? Inside) Placed() => (OwnedKind.Spreadsheet, SpreadsheetKey, AccountId);
}

/// <summary>No longer offered to exporters. The spreadsheet itself is untouched.</summary>
public sealed record SpreadsheetRemoved(Guid SpreadsheetKey) : IPlacementEvent, IConcernsSpreadsheet
{
    public (OwnedKind Kind, Guid Id, Guid? Inside) Placed() => (OwnedKind.Spreadsheet, SpreadsheetKey, null);
}

public static class SpreadsheetEvents
{
    public static EventCatalog AddSpreadsheetEvents(this EventCatalog catalog) => catalog
        .Map<GoogleAccountConnected>("google-account-connected.v1", e => new(
            "Connected the Google account", "Google account", e.AccountId, Aspect: "sign-in"))
        .Map<GoogleAccountReconnected>("google-account-reconnected.v1", e => new(
            "Reconnected the Google account", "Google account", e.AccountId, Aspect: "sign-in"))
        .Map<GoogleSignInExpired>("google-sign-in-expired.v1", e => new(
            "Google no longer accepts the sign-in", "Google account", e.AccountId))
        .Map<GoogleSignInRegained>("google-sign-in-regained.v1", e => new(
            "Google accepts the sign-in again", "Google account", e.AccountId))
        .Map<GoogleDisconnectRequested>("google-disconnect-requested.v1", e => new(
            "Asked to disconnect the Google account", "Google account", e.AccountId))
        .Map<GoogleAccountDisconnected>("google-account-disconnected.v1", e => new(
            "Disconnected the Google account", "Google account", e.AccountId))
        .Map<SpreadsheetConnected>("spreadsheet-connected.v1", e => new(
            e.Created ? "Created the spreadsheet" : "Connected the spreadsheet", "spreadsheet", e.SpreadsheetKey, e.Title, "account"))
        .Map<SpreadsheetTested>("spreadsheet-tested.v1", e => new(
            "Tested access to the spreadsheet", "spreadsheet", e.SpreadsheetKey, e.Title))
        .Map<SpreadsheetAccountChanged>("spreadsheet-account-changed.v1", e => new(
            "Chose another Google account for the spreadsheet", "spreadsheet", e.SpreadsheetKey, Aspect: "account"))
        .Map<SpreadsheetRemoved>("spreadsheet-removed.v1", e => new(
            "Removed the spreadsheet from CountingKit", "spreadsheet", e.SpreadsheetKey));
}
