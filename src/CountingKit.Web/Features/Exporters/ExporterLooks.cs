using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Runs;
using CountingKit.Web.Features.Shared;

namespace CountingKit.Web.Features.Exporters;

/// <summary>How exporters look.</summary>
internal static class ExporterLooks
{
    public static Badge BadgeOf(ExporterRow row) => row switch
    {
        { DeletedAt: not null } => new(Tone.Neutral, "trash", "Deleted", "It no longer runs; its history is still here."),
        { IsPaused: true } => new(Tone.Attention, "player-pause", "Paused", "It does not run until somebody resumes it."),
        { ActiveStatus: { } status } => RunBadges.BadgeOf(status),
        _ => RunBadges.BadgeOfLast(row) ?? new(Tone.Neutral, "circle", "Never run", "It has not run yet."),
    };

    public static string Words(ExporterStanding standing) => standing switch
    {
        ExporterStanding.Failing => "Failed or warned",
        ExporterStanding.Running => "Queued, running or waiting",
        ExporterStanding.Paused => "Paused",
        ExporterStanding.Fine => "Last run went well",
        ExporterStanding.NeverRun => "Never run",
    };

    /// <summary>Beside the date of data that is old on purpose.</summary>
    public static Badge Replayed { get; } = new(
        Tone.Attention, "replay", "Replayed", "The sheet holds old data on purpose, until the next run.");

    public static IReadOnlyList<(ColumnPreset Preset, string Meaning)> Presets { get; } =
    [
        (ColumnPreset.Essential, "What most people need, so that the sheet can be read and summed"),
        (ColumnPreset.Accountant, "Also codes, tax, rates, references and amounts in base currency"),
        (ColumnPreset.Everything, "All columns there are"),
    ];

    public static string TitleOf(string dataset) => DatasetCatalogue.Find(dataset)?.Title ?? dataset;

    /// <param name="refused">Why those were not started that were not.</param>
    public static string StartedTogether(int started, IReadOnlyList<string> refused) => string.Join(' ',
    [
        started switch { 0 => "No run was started.", 1 => "1 run was started.", _ => $"{started} runs were started." },
        .. refused.GroupBy(why => why).Select(same => $"{same.Count()} could not be: {same.Key}"),
    ]);

    /// <summary>"Jan 1, 2026 to Mar 31, 2026, both included"; both ends may be open.</summary>
    public static string Dates(ExporterConfiguration configuration) => configuration switch
    {
        { From: { } from, To: { } to } => $"{Day(from)} to {Day(to)}, both included",
        { From: { } from } => $"since {Day(from)}",
        { To: { } to } => $"until {Day(to)}",
        _ => "all",
    };

    public static string Sort(ExporterConfiguration configuration, Dataset dataset) =>
        string.Join(", ", (configuration.Sort.Count > 0 ? configuration.Sort : dataset.DefaultSort).Select(
            s => (configuration.Columns.FirstOrDefault(c => TrackingColumn.CategoryOf(c.Key) is not null && c.Key == s.Column)?.Heading
                ?? dataset.HeadingOf(s.Column)) + (s.Descending ? " (descending)" : "")));

    private static readonly Dictionary<string, string> Fields = new (string Field, ErrorCode[] Codes)[]
    {
        (nameof(ExporterForm.TabTitle), [ExporterCodes.TabTaken, ExporterCodes.BadTab]),
        (nameof(ExporterForm.Dataset), [ExporterCodes.NoDataset, ExporterCodes.OtherData]),
        (nameof(ExporterForm.Name), [ExporterCodes.NoName]),
        (nameof(ExporterForm.ConnectionId),
            [ExporterCodes.NoOrganization, ExporterCodes.SeveralOrganizations, ConnectionCodes.NotConnected]),
        (nameof(ExporterForm.Columns),
            [
                ExporterCodes.NoColumns, ExporterCodes.UnknownColumn, ExporterCodes.SameHeading, ExporterCodes.NoKey,
                ExporterCodes.ColumnTwice, ExporterCodes.LongHeading,
            ]),
        (nameof(ExporterForm.To), [ExporterCodes.DatesReversed, ExporterCodes.FarDate, ExporterCodes.OpenRange]),
        ($"{nameof(ExporterForm.Report)}.{nameof(ReportFields.Range)}",
            [ExporterCodes.UnknownReport, ConnectionCodes.NoFinancialYear]),
        ($"{nameof(ExporterForm.Report)}.{nameof(ReportFields.Unit)}", [ExporterCodes.UnitTooLong]),
        ($"{nameof(ExporterForm.Report)}.{nameof(ReportFields.Count)}", [ExporterCodes.ManyPeriods]),
        (nameof(ExporterForm.Sort), [ExporterCodes.UnknownSort]),
        (nameof(ExporterForm.Statuses), [ExporterCodes.UnknownStatus]),
        (nameof(ExporterForm.SpreadsheetKey), [SpreadsheetCodes.NotConnected]),
    }.SelectMany(place => place.Codes.Select(code => (code.Code, place.Field))).ToDictionary();

    /// <summary>Where in the form a refusal of this code is told; empty = above all of it.</summary>
    public static string FieldOf(string code) => Fields.GetValueOrDefault(code, "");

    private static string Day(DateOnly day) => day.ToString("MMM d, yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
