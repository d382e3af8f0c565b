using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Workspaces;

namespace CountingKit.Audit;

/// <summary>How one event reads in the trail.</summary>
/// <param name="Action">
/// Past tense, without the actor and the target's name: "Connected the organization". No other event has the same words.
/// </param>
/// <param name="TargetKind">
/// organization, Google account, spreadsheet, exporter, run, member, workspace, API key, installation.
/// </param>
/// <param name="TargetName">Null = the name that the target last had.</param>
/// <param name="Aspect">What of the target it sets, shown beside its earlier value; null = nothing.</param>
/// <param name="Detail">What only some events of its kind are; null = nothing in particular.</param>
public sealed record AuditEntry(
    string Action, string TargetKind, Guid TargetId, string? TargetName = null, string? Aspect = null, string? Detail = null)
{
    private const string Opening = " (";

    /// <summary>The whole line, as rows keep it: the detail in brackets behind the action.</summary>
    public string Words => Detail is null ? Action : $"{Action}{Opening}{Detail})";

    /// <summary>The action of a whole line: no action has brackets of its own.</summary>
    internal static string ActionIn(string words) => words.Split(Opening)[0];

    /// <exception cref="InvalidOperationException">The event has no words yet: every event must have some.</exception>
    public static AuditEntry Of(IEvent @event) =>
        OfWorkspace(@event) ?? OfConnection(@event) ?? OfSpreadsheet(@event) ?? OfExporter(@event) ?? OfRun(@event)
        ?? throw new InvalidOperationException($"The audit trail has no words for {@event.GetType().Name}.");

    private static AuditEntry? OfWorkspace(IEvent @event) => @event switch
    {
        WorkspaceCreated e => new("Created the workspace", "workspace", e.WorkspaceId, e.Name),
        MemberAdded e => new("Added a member", "member", e.MemberId, Aspect: "access"),
        MemberRemoved e => new("Removed a member", "member", e.MemberId, Aspect: "access"),
        ApiKeyCreated e => new("Created an API key", "API key", e.ApiKeyId, e.Name),
        ApiKeyRevoked e => new("Revoked an API key", "API key", e.ApiKeyId),
        ReadModelsRebuildRequested e => new("Asked to rebuild the data of the pages", "workspace", e.WorkspaceId),
        SetAsideRetryRequested e => new("Retried what was set aside", "workspace", e.WorkspaceId),
        OlderLogDismissed e => new("Took note that the log is an older one", "workspace", e.WorkspaceId),
        InstallationCreated e => new("Started the log of this installation", "installation", e.InstallationId),
        MemberSignedIn e => new("Signed in", "member", e.MemberId),
        MemberSignedOut e => new(e.Everywhere == true ? "Signed out everywhere" : "Signed out", "member", e.MemberId),
        SignInFailed e => new("Somebody gave a wrong password", "member", e.MemberId),
        MemberLockedOut e => new("Was locked out after failed sign-ins", "member", e.MemberId),
        PasswordChanged e => new("Changed the password", "member", e.MemberId),
        OwnerRestored e => new("Set a new password with a code from the console", "member", e.MemberId),
        _ => null,
    };

    private static AuditEntry? OfConnection(IEvent @event) => @event switch
    {
        OrganizationClaimed e => new(
            "Assigned the organization to this workspace", "organization", e.ConnectionId, e.OrganizationName),
        OrganizationReleased e => new("Released the organization", "organization", e.ConnectionId),
        OrganizationConnected e => new(
            "Connected the organization", "organization", e.ConnectionId, e.OrganizationName, "sign-in"),
        OrganizationReconnected e => new(
            "Reconnected the organization", "organization", e.ConnectionId, e.OrganizationName, "sign-in"),
        OrganizationDescribed e => new(
            "Read the organization's details from Xero", "organization", e.ConnectionId, e.OrganizationName, "description"),
        SignInExpired e => new("Xero no longer accepts the sign-in", "organization", e.ConnectionId),
        AccessLost e => new("Found that the organization can no longer be read", "organization", e.ConnectionId),
        AccessRegained e => new("Found that the organization can be read again", "organization", e.ConnectionId),
        DisconnectRequested e => new("Asked to disconnect the organization", "organization", e.ConnectionId),
        DisconnectStepTaken e => new(
            "Took a step to disconnect the organization", "organization", e.ConnectionId, Detail: DisconnectSteps.Words(e.Step)),
        OrganizationDisconnected e => new("Disconnected the organization", "organization", e.ConnectionId),
        ConnectionPaused e => new("Paused the connection", "organization", e.ConnectionId),
        ConnectionResumed e => new("Resumed the connection", "organization", e.ConnectionId),
        ConnectionLabeled e => new("Changed alias, client code or tags", "organization", e.ConnectionId, Aspect: "labels"),
        SegmentAdded { Resource: ConnectionCheck.OrganizationResource or ConnectionCheck.ConnectionResource } e => new(
            "Read the organization's details from Xero", "organization", e.ConnectionId),
        SegmentAdded e => new("Read new data from Xero", "organization", e.ConnectionId),
        _ => null,
    };

    private static AuditEntry? OfSpreadsheet(IEvent @event) => @event switch
    {
        GoogleAccountConnected e => new("Connected the Google account", "Google account", e.AccountId, Aspect: "sign-in"),
        GoogleAccountReconnected e => new(
            "Reconnected the Google account", "Google account", e.AccountId, Aspect: "sign-in"),
        GoogleSignInExpired e => new("Google no longer accepts the sign-in", "Google account", e.AccountId),
        GoogleSignInRegained e => new("Google accepts the sign-in again", "Google account", e.AccountId),
        GoogleDisconnectRequested e => new("Asked to disconnect the Google account", "Google account", e.AccountId),
        GoogleAccountDisconnected e => new("Disconnected the Google account", "Google account", e.AccountId),
        SpreadsheetAccountChanged e => new(
            "Chose another Google account for the spreadsheet", "spreadsheet", e.SpreadsheetKey, Aspect: "account"),
        SpreadsheetConnected e => new(
            e.Created ? "Created the spreadsheet" : "Connected the spreadsheet", "spreadsheet", e.SpreadsheetKey, e.Title, "account"),
        SpreadsheetTested e => new("Tested access to the spreadsheet", "spreadsheet", e.SpreadsheetKey, e.Title),
        SpreadsheetRemoved e => new("Removed the spreadsheet from CountingKit", "spreadsheet", e.SpreadsheetKey),
        _ => null,
    };

    private static AuditEntry? OfExporter(IEvent @event) => @event switch
    {
        TabClaimed e => new("Reserved a tab", "exporter", e.ExporterId, e.Configuration.Name),
        TabTaken e => new("Reserved another tab", "exporter", e.ExporterId),
        TabReleased e => new("Released a tab", "exporter", e.ExporterId),
        ExporterCreated e => new("Created the exporter", "exporter", e.ExporterId, e.Configuration.Name, "configuration"),
        ExporterChanged e => new("Changed the exporter", "exporter", e.ExporterId, e.Configuration.Name, "configuration"),
        ExporterPaused e => new("Paused the exporter", "exporter", e.ExporterId),
        ExporterResumed e => new("Resumed the exporter", "exporter", e.ExporterId),
        ExporterDeleted e => new("Deleted the exporter", "exporter", e.ExporterId),
        _ => null,
    };

    private static AuditEntry? OfRun(IEvent @event) => @event switch
    {
        RunQueued e => new(
            e.ReplayOf is null ? "Started a run" : "Started a replay", "run", e.RunId, e.Configuration.Name, Detail: Pressed(e)),
        RunJoined e => new("Joined the run in progress", "run", e.RunId),
        RunReleased e => new("Freed the exporter for its next run", "run", e.RunId),
        RunStarted e => new("Began the run", "run", e.RunId, e.Configuration.Name),
        SourcesSynced e => new("Read the data", "run", e.RunId),
        SnapshotMade e => new("Saved the rows", "run", e.RunId),
        NoChangesFound e => new("Ended the run: no changes", "run", e.RunId),
        WriteStarted e => new("Started writing to the sheet", "run", e.RunId),
        ExportCompleted e => new("Ended the run: written and read back", "run", e.RunId),
        RunWaited e => new("Had to wait", "run", e.RunId),
        RunWentOn e => new("Went on after waiting", "run", e.RunId),
        RunFailed e => new(
            "Ended the run: failed", "run", e.RunId,
            Detail: e.SheetUntouched && RunCodes.AsksForALook(e.Code) ? "needs a look" : null),
        RunCancelRequested e => new("Asked to cancel the run", "run", e.RunId),
        RunCanceled e => new("Ended the run: canceled", "run", e.RunId),
        _ => null,
    };

    /// <summary>A person may have looked at what stopped the run before, and pressed one of its two buttons.</summary>
    private static string? Pressed(RunQueued e)
    {
        if (e.LookedAt is not { } looked) return e.WriteAnyway ? "Write anyway" : null;
        var button = looked.Code == RunCodes.ColumnsMove ? "Write to a new tab" : "Write anyway";
        return $"{button}, {looked.Code}";
    }
}
