using CountingKit.Connections;
using CountingKit.Runs;
using CountingKit.Web.Features.Connections;
using CountingKit.Web.Features.Runs;
using CountingKit.Web.Features.Shared;

namespace CountingKit.Web.Features.Help;

/// <param name="Badges">By what they are shown on.</param>
public sealed record HelpPage(IReadOnlyList<BadgeGroup> Badges, IReadOnlyList<CodeGroup> Codes)
{
    /// <summary>What the codes' families are called; one that is not here is called by its letters.</summary>
    private static readonly IReadOnlyDictionary<string, string> Families = new Dictionary<string, string>
    {
        ["CONN"] = "Connections",
        ["EXPORTER"] = "Exporters",
        ["FORM"] = "Forms",
        ["GOOGLE"] = "Google",
        ["HISTORY"] = "Past runs",
        ["MIRROR"] = "Stored data",
        ["QUEUE"] = "Queued work",
        ["REQUEST"] = "Pages and the API",
        ["RUN"] = "Runs",
        ["SCHEDULE"] = "Schedules",
        ["SETUP"] = "Setting up",
        ["SHEET"] = "Writing to sheets",
        ["SPREADSHEET"] = "Spreadsheets",
        ["STORE"] = "Log and database",
        ["WORK"] = "Workspace and members",
        ["XERO"] = "Xero",
    };

    public static HelpPage Of(ErrorCodes codes) => new(
        [
            new("Connections", [.. Enum.GetValues<ConnectionHealth>().Select(Of), ConnectionLooks.Paused]),
            new("Runs", [.. Enum.GetValues<RunStatus>().Select(RunBadges.BadgeOf), RunBadges.NeedsALook]),
            new("Permissions of a connection", [.. Enum.GetValues<PermissionState>().Select(state => state.ToBadge())]),
        ],
        [
            .. codes.All.GroupBy(code => code.Code.Split('-')[1])
                .Select(family => new CodeGroup(
                    $"codes-{family.Key.ToLowerInvariant()}", Families.GetValueOrDefault(family.Key, family.Key),
                    [.. family]))
                .OrderBy(group => group.Title, StringComparer.Ordinal),
        ]);

    private static Badge Of(ConnectionHealth health) => new ConnectionBadge(health, health.Words(), health switch
    {
        ConnectionHealth.Connected => "The organization can be read.",
        ConnectionHealth.Attention =>
            "Some data flows: a permission is missing. Reconnect and allow everything to add it.",
        ConnectionHealth.RenewalFailing =>
            "The sign-in could not be renewed for weeks; the badge counts the days left. Reconnect in time.",
        ConnectionHealth.Expired =>
            "Xero no longer accepts our sign-in: it was unused for 60 days, or was revoked in Xero. Reconnect.",
        ConnectionHealth.NoAccess =>
            "The organization was disconnected in Xero or closed, or the person who signed in lost access to it.",
        ConnectionHealth.Disconnected =>
            "Nothing is read through it anymore. Its sign-in is deleted here unless another organization uses it. "
            + "History and sheets stay as they are.",
    }).ToBadge();
}

public sealed record BadgeGroup(string Title, IReadOnlyList<Badge> Badges);

/// <param name="Anchor">The element's id, for the list of contents.</param>
public sealed record CodeGroup(string Anchor, string Title, IReadOnlyList<ErrorCode> Codes);
