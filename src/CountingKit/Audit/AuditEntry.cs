using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Workspaces;

namespace CountingKit.Audit;

/// <summary>How one event reads in the trail.</summary>
/// <param name="Action">Past tense, without the actor and the target: "Connected".</param>
/// <param name="TargetKind">
/// organization, Google account, spreadsheet, exporter, run, member, workspace, API key, installation.
/// </param>
/// <param name="TargetName">Null = the name that the target last had.</param>
/// <param name="Aspect">What of the target it sets, shown beside its earlier value; null = nothing.</param>
public sealed record AuditEntry(
    string Action, string TargetKind, Guid TargetId, string? TargetName = null, string? Aspect = null)
{
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
        ReadModelsRebuildRequested e => new("Asked to rebuild what pages show from the log", "workspace", e.WorkspaceId),
        SetAsideRetryRequested e => new("Had what is set aside tried again", "workspace", e.WorkspaceId),
        OlderLogDismissed e => new("Took note that the log is an older one", "workspace", e.WorkspaceId),
        InstallationCreated e => new("Began this installation's log", "installation", e.InstallationId),
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
            "Took the organization for this workspace", "organization", e.ConnectionId, e.OrganizationName),
        OrganizationReleased e => new("Gave the organization back", "organization", e.ConnectionId),
        OrganizationConnected e => new("Connected", "organization", e.ConnectionId, e.OrganizationName, "sign-in"),
        OrganizationReconnected e => new("Reconnected", "organization", e.ConnectionId, e.OrganizationName, "sign-in"),
        OrganizationDescribed e => new(
            "Read what Xero says of it", "organization", e.ConnectionId, e.OrganizationName, "description"),
        SignInExpired e => new("Xero no longer accepts the sign-in", "organization", e.ConnectionId),
        AccessLost e => new("Lost access", "organization", e.ConnectionId),
        AccessRegained e => new("Regained access", "organization", e.ConnectionId),
        DisconnectRequested e => new("Asked to disconnect", "organization", e.ConnectionId),
        DisconnectStepTaken e => new("Disconnecting: a step", "organization", e.ConnectionId),
        OrganizationDisconnected e => new("Disconnected", "organization", e.ConnectionId),
        ConnectionPaused e => new("Paused", "organization", e.ConnectionId),
        ConnectionResumed e => new("Resumed", "organization", e.ConnectionId),
        ConnectionLabeled e => new("Changed alias, code or tags", "organization", e.ConnectionId, Aspect: "labels"),
        SegmentAdded e => new("Read new data", "organization", e.ConnectionId),
        _ => null,
    };

    private static AuditEntry? OfSpreadsheet(IEvent @event) => @event switch
    {
        GoogleAccountConnected e => new("Connected", "Google account", e.AccountId, Aspect: "sign-in"),
        GoogleAccountReconnected e => new("Reconnected", "Google account", e.AccountId, Aspect: "sign-in"),
        GoogleSignInExpired e => new("Google no longer accepts the sign-in", "Google account", e.AccountId),
        GoogleSignInRegained e => new("Google accepts the sign-in again", "Google account", e.AccountId),
        GoogleDisconnectRequested e => new("Asked to disconnect", "Google account", e.AccountId),
        GoogleAccountDisconnected e => new("Disconnected", "Google account", e.AccountId),
        SpreadsheetConnected e => new(e.Created ? "Created" : "Connected", "spreadsheet", e.SpreadsheetKey, e.Title),
        SpreadsheetTested e => new("Tested the access", "spreadsheet", e.SpreadsheetKey, e.Title),
        SpreadsheetRemoved e => new("Removed from the portal", "spreadsheet", e.SpreadsheetKey),
        _ => null,
    };

    private static AuditEntry? OfExporter(IEvent @event) => @event switch
    {
        TabClaimed e => new("Took a tab", "exporter", e.ExporterId, e.Configuration.Name),
        TabTaken e => new("Took another tab", "exporter", e.ExporterId),
        TabReleased e => new("Gave a tab back", "exporter", e.ExporterId),
        ExporterCreated e => new("Created", "exporter", e.ExporterId, e.Configuration.Name, "configuration"),
        ExporterChanged e => new("Changed", "exporter", e.ExporterId, e.Configuration.Name, "configuration"),
        ExporterPaused e => new("Paused", "exporter", e.ExporterId),
        ExporterResumed e => new("Resumed", "exporter", e.ExporterId),
        ExporterDeleted e => new("Deleted", "exporter", e.ExporterId),
        _ => null,
    };

    private static AuditEntry? OfRun(IEvent @event) => @event switch
    {
        RunQueued e => new(
            e.ReplayOf is null ? "Started a run" : "Started a replay", "run", e.RunId, e.Configuration.Name),
        RunJoined e => new("Joined the active run", "run", e.RunId),
        RunReleased e => new("Freed the exporter", "run", e.RunId),
        RunStarted e => new("Began", "run", e.RunId, e.Configuration.Name),
        SourcesSynced e => new("Read the data", "run", e.RunId),
        SnapshotMade e => new("Kept the rows", "run", e.RunId),
        NoChangesFound e => new("Ended: no changes", "run", e.RunId),
        WriteStarted e => new("Began to write to the sheet", "run", e.RunId),
        ExportCompleted e => new("Ended: written and read back", "run", e.RunId),
        RunWaited e => new("Waits", "run", e.RunId),
        RunFailed e => new("Ended: failed", "run", e.RunId),
        RunCancelRequested e => new("Asked to cancel", "run", e.RunId),
        RunCanceled e => new("Ended: canceled", "run", e.RunId),
        _ => null,
    };
}
