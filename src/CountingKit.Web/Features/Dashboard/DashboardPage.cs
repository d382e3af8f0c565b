using System.Globalization;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Connections;
using CountingKit.Web.Features.Runs;
using CountingKit.Web.Features.Shared;
using CountingKit.Web.Features.Spreadsheets;

namespace CountingKit.Web.Features.Dashboard;

/// <param name="Active">Runs that have not ended: at work first, then those that wait, then those in the queue.</param>
/// <param name="Recent">Newest first.</param>
/// <param name="OlderLog">For who may dismiss it; null = none, or it was dismissed.</param>
public sealed record DashboardPage(
    SetUp SetUp, IReadOnlyList<ConnectionListItem> Connections, IReadOnlyList<ExporterRow> Exporters,
    SpreadsheetList Spreadsheets, IReadOnlyList<RunRow> Active, IReadOnlyList<RunRow> Recent,
    OlderLog? OlderLog)
{
    private const int MostExporters = 10;

    /// <summary>Concerns of one cause that each have a line.</summary>
    private const int MostAlike = 3;

    /// <summary>How far the active runs are that run.</summary>
    public IReadOnlyDictionary<Guid, RunProgress> Progress { get; init; } = RunningRuns.None;

    /// <summary>There is something to look at besides the steps.</summary>
    public bool HasOverview => Connections.Count > 0 || Exporters.Count > 0 || Concerns.Count > 0;

    /// <summary>Under the number of connections: how many can't be read now.</summary>
    public string ConnectionsLine => (
        Connections.Count,
        Connections.Count(c => c.Badge.Health is ConnectionHealth.Expired or ConnectionHealth.NoAccess),
        Connections.Count(c => c.IsPaused)) switch
    {
        (0, _, _) => "none yet",
        (_, 0, 0) when Connections.Any(c => c.Badge.Health is ConnectionHealth.Attention) => "some data cannot be read",
        (_, 0, 0) => "all readable",
        (_, 0, var paused) => $"{paused} paused",
        (_, var stopped, 0) => $"{stopped} cannot be read",
        var (_, stopped, paused) => $"{stopped} cannot be read, {paused} paused",
    };

    /// <summary>Of the connections on this page: one that was disconnected today is not among them.</summary>
    public int CallsToday => Connections.Sum(c => c.CallsToday);

    /// <summary>The organization that was asked for most today; null = none was.</summary>
    public ConnectionListItem? Busiest => Connections.Where(c => c.CallsToday > 0).MaxBy(c => c.CallsToday);

    /// <summary>Under the number of calls: whose they are, and since when.</summary>
    public string CallsLine => "for connected organizations, since midnight UTC" + (Busiest is { } busiest
        ? string.Create(CultureInfo.InvariantCulture, $"; most for {busiest.Name}: {busiest.CallsToday:N0}")
        : "");

    /// <summary>Those that failed or warned first, then by what was written last.</summary>
    public IReadOnlyList<ExporterRow> Shown =>
    [
        .. Exporters.OrderByDescending(e => e.LastStatus is RunStatus.Failed)
            .ThenByDescending(e => e.LastWarned)
            .ThenByDescending(e => e.WrittenAt).Take(MostExporters),
    ];

    /// <summary>How often the page asks again by itself: soon while something is moving.</summary>
    public string Again => Active.Count > 0 || SetUp.Next is not null ? "every 5s" : "every 30s";

    /// <summary>What a person should look at, what stops data first; those with one cause are one.</summary>
    public IReadOnlyList<Concern> Concerns =>
    [
        .. Log().Concat(Google()).Concat(Xero()).Concat(Waiting()).Concat(Failing()).OrderByDescending(c => c.Badge.Tone)
            .GroupBy(c => (c.Badge, c.Text, c.Code, c.Until)).SelectMany(Together),
    ];

    /// <summary>Under the number of active runs: what they are doing.</summary>
    public string ActiveLine => Active.Count == 0 ? "none running" : string.Join(", ",
        from status in new[] { RunStatus.Running, RunStatus.Waiting, RunStatus.Queued }
        let count = Active.Count(run => run.Status == status)
        where count > 0
        select $"{count} {RunBadges.BadgeOf(status).Text.ToLowerInvariant()}");

    /// <summary>A tab of the sheet in the browser; null = the spreadsheet was removed from the portal.</summary>
    public string? SheetUrl(ExporterRow exporter) =>
        Spreadsheets.Spreadsheets.FirstOrDefault(s => s.SpreadsheetKey == exporter.SpreadsheetKey) is { } spreadsheet
            ? RunBadges.SheetUrl(spreadsheet.Url, exporter.SheetId)
            : null;

    private static IEnumerable<Concern> Together(IEnumerable<Concern> same)
    {
        var all = same.ToList();
        return all.Count > MostAlike ? [all[0] with { Alike = all[1..] }] : all;
    }

    private IEnumerable<Concern> Log()
    {
        if (OlderLog is not null)
            yield return new("The log", new(Tone.Attention, "alert", "Attention", $"{StorageCodes.OlderLog.Title}."),
                $"{StorageCodes.OlderLog.Title}.", "/settings/set-aside", StorageCodes.OlderLog.Code);
    }

    private IEnumerable<Concern> Google() => Spreadsheets.Accounts
        .Select(a => (Account: a, State: Spreadsheets.States.GetValueOrDefault(a.AccountId)))
        .Select(a => (a.Account, a.State, Badge: SpreadsheetLooks.BadgeOf(a.Account, a.State)))
        .Where(a => a.Badge.Tone != Tone.Good)
        .Select(a => new Concern(a.State?.Email ?? a.Account.Kind.Words(), a.Badge, a.Badge.Meaning,
            "/spreadsheets", SpreadsheetLooks.TroubleOf(a.Account, a.State)?.Code))
        .Concat(Spreadsheets.Spreadsheets
            .Select(s => (Spreadsheet: s, Account: Spreadsheets.Accounts.FirstOrDefault(a => a.AccountId == s.AccountId)))
            .Where(s => s.Account is null || s.Spreadsheet.TestCode is not null)
            .Select(s => (s.Spreadsheet, Badge: SpreadsheetLooks.BadgeOf(s.Spreadsheet, s.Account),
                Code: s.Account is null ? SpreadsheetCodes.AccountEnded.Code : s.Spreadsheet.TestCode))
            .Select(s => new Concern(s.Spreadsheet.Title, s.Badge, s.Badge.Meaning, "/spreadsheets", s.Code)));

    private IEnumerable<Concern> Xero() => Connections
        .Where(c => c.Badge.Health is not ConnectionHealth.Disconnected)
        .Select(c => (Connection: c, Badge: c is { IsPaused: true, Badge.Health: ConnectionHealth.Connected }
            ? ConnectionLooks.Paused : c.Badge.ToBadge()))
        .Where(c => c.Badge.Tone != Tone.Good)
        .Select(c => new Concern(
            c.Connection.Name, c.Badge, c.Badge.Meaning, $"/connections/{c.Connection.ConnectionId}", null));

    /// <summary>What data waits for, and until when: one for all that wait for the same.</summary>
    private IEnumerable<Concern> Waiting() => Active
        .Where(r => r.Status == RunStatus.Waiting).DistinctBy(r => (r.Code, r.Connections, r.WaitsUntil))
        .Select(r => new Concern(
            r.ExporterName, RunBadges.BadgeOf(r), $"{RunBadges.FirstSentence(r.Message)} Runs wait for it.", $"/runs/{r.RunId}", r.Code)
        {
            Until = r.WaitsUntil,
        });

    private IEnumerable<Concern> Failing() => Exporters
        .Where(e => (e.LastStatus is RunStatus.Failed || e.LastWarned) && e.LastOwnRunId is not null)
        .Select(e => new Concern(
            e.Name, RunBadges.BadgeOfLast(e)!,
            RunBadges.WhyLook(e.LastLookCode)
                ?? (e.LastStatus is RunStatus.Failed ? "Its last run failed." : "Its last run ended with warnings."),
            $"/runs/{e.LastOwnRunId}", e.LastLookCode, "Review"));
}

/// <param name="Code">For the help page; null = the badge says it all.</param>
/// <param name="Link">What a person is to do at <paramref name="Href"/>; null = nothing in particular.</param>
public sealed record Concern(string Name, Badge Badge, string Text, string Href, string? Code, string? Link = null)
{
    /// <summary>UTC: it is over by itself then; null = it is not, or nobody knows.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Others of the same cause, told in the same line.</summary>
    public IReadOnlyList<Concern> Alike { get; init; } = [];

    public int Count => 1 + Alike.Count;

    /// <summary>The same on each drawing of the page.</summary>
    public string Id => Href.Trim('/').Replace('/', '-');
}
