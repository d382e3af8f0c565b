using CountingKit.Datasets;
using CountingKit.Exporters;
using CountingKit.Runs;
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
        { ActiveRunId: not null } => RunBadges.BadgeOf(RunStatus.Running),
        _ => RunBadges.BadgeOfLast(row) ?? new(Tone.Neutral, "circle", "Never run", "It has not run yet."),
    };

    /// <summary>Beside the date of data that is old on purpose.</summary>
    public static Badge Replayed { get; } = new(
        Tone.Attention, "replay", "Replayed", "The sheet holds old data on purpose, until the next run.");

    public static string TitleOf(string dataset) => DatasetCatalogue.Find(dataset)?.Title ?? dataset;

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
            s => dataset.Column(s.Column).Heading + (s.Descending ? " (descending)" : "")));

    /// <summary>Where in the form a refusal of this code is told.</summary>
    public static string FieldOf(string code) => code switch
    {
        "CK-EXPORTER-02" or "CK-EXPORTER-12" => nameof(ExporterForm.TabTitle),
        "CK-EXPORTER-03" => nameof(ExporterForm.Dataset),
        "CK-EXPORTER-04" => nameof(ExporterForm.Name),
        "CK-EXPORTER-05" or "CK-EXPORTER-06" or "CK-CONN-01" => nameof(ExporterForm.ConnectionId),
        "CK-EXPORTER-07" or "CK-EXPORTER-08" or "CK-EXPORTER-09" or "CK-EXPORTER-10"
            or "CK-EXPORTER-20" or "CK-EXPORTER-21" => nameof(ExporterForm.Columns),
        "CK-EXPORTER-11" or "CK-EXPORTER-24" => nameof(ExporterForm.To),
        "CK-EXPORTER-22" => nameof(ExporterForm.Sort),
        "CK-EXPORTER-23" => nameof(ExporterForm.Statuses),
        "CK-SPREADSHEET-01" => nameof(ExporterForm.SpreadsheetKey),
        _ => "",
    };

    private static string Day(DateOnly day) => day.ToString("MMM d, yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
