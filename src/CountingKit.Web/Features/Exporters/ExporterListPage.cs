using CountingKit.Connections;
using CountingKit.Runs;
using CountingKit.Schedules;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Runs;

namespace CountingKit.Web.Features.Exporters;

/// <summary>What the list is put in order by; what needs a person comes first in each.</summary>
public enum ExporterSort { Status, Name, Organization, Spreadsheet, Data }

/// <summary>How an exporter stands, for the filter.</summary>
public enum ExporterStanding { Failing, Running, Paused, Fine, NeverRun }

/// <summary>The filter of the list, as it stands in its address.</summary>
public sealed record ExporterFilter(
    string? Search = null, Guid? Organization = null, ExporterStanding? Standing = null, ExporterSort Sort = ExporterSort.Status, bool Descending = false)
{
    /// <summary>The newest and the worst come first.</summary>
    public bool IsDown(ExporterSort sort) => Descending != (sort is ExporterSort.Status or ExporterSort.Data);

    public bool IsSet => Search is { Length: > 0 } || Organization is not null || Standing is not null;
}

/// <summary>The exporters that the member may see.</summary>
/// <param name="All">Without the filter, by name.</param>
public sealed record ExporterListPage(
    IReadOnlyList<ExporterRow> All, ExporterFilter Filter, IReadOnlyDictionary<Guid, ConnectionListItem> Connections,
    IReadOnlyDictionary<Guid, SpreadsheetRow> Spreadsheets)
{
    /// <summary>How far the runs are that go on.</summary>
    public IReadOnlyDictionary<Guid, RunProgress> Progress { get; init; } = RunningRuns.None;

    public static IReadOnlyDictionary<Guid, DateTimeOffset> NoneByItself { get; } = new Dictionary<Guid, DateTimeOffset>();

    /// <summary>When they run next by themselves; those that do not are not in it.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> NextRuns { get; init; } = NoneByItself;

    /// <summary>The one switch over all schedules.</summary>
    public AllSchedulesState Schedules { get; init; } = new(ArePaused: false, AreHeld: false, MaySwitch: false);

    /// <summary>Those that fit the filter, in its order.</summary>
    public IReadOnlyList<ExporterRow> Exporters => [.. Sorted(All.Where(Fits))];

    /// <summary>Those of <see cref="Exporters"/> that can be run together; empty = too few for that, or more than go at once.</summary>
    public IReadOnlyList<ExporterRow> RunTogether =>
        Exporters.Where(exporter => !exporter.IsPaused && !IsHeld(exporter)).ToList() is { Count: > 1 and <= MostTogether } several
            ? several : [];

    /// <summary>So many runs are offered to be started by one click.</summary>
    public const int MostTogether = 500;

    public string OrganizationsOf(ExporterRow exporter) => string.Join(
        ", ", exporter.ConnectionIds().Select(id => Connections.GetValueOrDefault(id)?.Name ?? "not connected"));

    /// <summary>Whether the connection of an organization that it reads is paused.</summary>
    public bool IsHeld(ExporterRow exporter) =>
        exporter.ConnectionIds().Any(id => Connections.GetValueOrDefault(id) is { IsPaused: true });

    public static ExporterStanding StandingOf(ExporterRow exporter) => exporter switch
    {
        { IsPaused: true } => ExporterStanding.Paused,
        { ActiveRunId: not null } => ExporterStanding.Running,
        { LastStatus: RunStatus.Failed } or { LastWarned: true } => ExporterStanding.Failing,
        { LastStatus: null } => ExporterStanding.NeverRun,
        _ => ExporterStanding.Fine,
    };

    private bool Fits(ExporterRow exporter) =>
        (Filter.Organization is not { } organization || exporter.ConnectionIds().Contains(organization))
        && (Filter.Standing is not { } standing || StandingOf(exporter) == standing)
        && (Filter.Search?.Trim() is not { Length: > 0 } text
            || new[] { exporter.Name, exporter.Tab, OrganizationsOf(exporter), TitleOf(exporter) }
                .Any(field => field.Contains(text, StringComparison.CurrentCultureIgnoreCase)));

    private string TitleOf(ExporterRow exporter) => Spreadsheets.GetValueOrDefault(exporter.SpreadsheetKey)?.Title ?? "";

    private IEnumerable<ExporterRow> Sorted(IEnumerable<ExporterRow> exporters)
    {
        var named = exporters.OrderBy(e => e.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(e => e.ExporterId);
        IEnumerable<ExporterRow> sorted = Filter.Sort switch
        {
            ExporterSort.Name => named,
            ExporterSort.Organization => named.OrderBy(OrganizationsOf, StringComparer.CurrentCultureIgnoreCase),
            ExporterSort.Spreadsheet => named.OrderBy(TitleOf, StringComparer.CurrentCultureIgnoreCase),
            ExporterSort.Data => named.OrderByDescending(e => e.WrittenAt),
            _ => named.OrderByDescending(e => ExporterLooks.BadgeOf(e).Tone),
        };
        return Filter.Descending ? sorted.Reverse() : sorted;
    }
}
