using System.Text.Json;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Messaging;

namespace CountingKit.Exporters;

/// <summary>What a configuration must be like, whoever sends it.</summary>
public static class ConfigurationRules
{
    /// <summary>As Google allows.</summary>
    public const int LongestTabTitle = 100;

    /// <summary>Of an exporter's name and of a heading, in characters.</summary>
    public const int LongestText = 100;

    /// <summary>Of the whole configuration, serialized, in bytes: events and runs carry it.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Sort columns: more of them decide nothing.</summary>
    public const int MostSorts = 5;

    /// <summary>Records of an accounting file lie between these days, and each has a next one.</summary>
    public static readonly DateOnly FirstDay = new(1900, 1, 1);
    public static readonly DateOnly LastDay = new(2999, 12, 31);

    /// <exception cref="RefusedException">With the first thing that is wrong and what would be right.</exception>
    public static void Check(ExporterConfiguration configuration)
    {
        Require(
            configuration.Name.Trim().Length <= LongestText && PlainText.IsVisible(configuration.Name),
            "CK-EXPORTER-04", $"Give the exporter a name of up to {LongestText} visible characters.");
        CheckTab(configuration.TabTitle);
        CheckData(configuration);
    }

    /// <summary>What decides the rows, without name and tab: enough for a preview.</summary>
    /// <exception cref="RefusedException">With the first thing that is wrong and what would be right.</exception>
    public static void CheckData(ExporterConfiguration configuration)
    {
        var dataset = DatasetCatalogue.Find(configuration.Dataset)
            ?? throw new RefusedException("CK-EXPORTER-03", "Choose the data to export.");
        Require(configuration.ConnectionIds.Count > 0, "CK-EXPORTER-05", "Choose an organization.");
        Require(configuration.ConnectionIds.Count == 1, "CK-EXPORTER-06", "Choose one organization for each exporter.");
        Require(configuration.Columns.Count > 0, "CK-EXPORTER-07", "Choose at least one column.");
        Require(
            configuration.Columns.All(column => dataset.Columns.Any(c => c.Key == column.Key)),
            "CK-EXPORTER-08", $"{dataset.Title} has no such column. Reload the page and choose the columns again.");
        Require(
            configuration.Columns.DistinctBy(c => c.Key).Count() == configuration.Columns.Count,
            "CK-EXPORTER-20", "A column is chosen twice. Choose each once.");
        Require(
            configuration.Columns.All(c => c.Heading is null or { Length: <= LongestText }),
            "CK-EXPORTER-21", $"A heading has at most {LongestText} characters.");
        Require(
            configuration.Columns.All(c => c.Heading is null || PlainText.IsVisible(c.Heading)),
            "CK-EXPORTER-21", "A heading has no visible characters. Type another one, or leave the field empty.");
        var headings = configuration.Columns.Select(c => c.Heading ?? dataset.Column(c.Key).Heading).ToList();
        Require(
            headings.Distinct(StringComparer.OrdinalIgnoreCase).Count() == headings.Count,
            "CK-EXPORTER-09", "Two columns have the same heading. Each needs its own.");
        Require(
            configuration.Columns.Any(c => c.Key == dataset.KeyColumn),
            "CK-EXPORTER-10", $"Keep the column {dataset.Column(dataset.KeyColumn).Heading}: it identifies each row.");
        Require(
            configuration.Sort.Count <= MostSorts && configuration.Sort.DistinctBy(s => s.Column).Count() == configuration.Sort.Count
                && configuration.Sort.All(sort => dataset.Columns.Any(c => c.Key == sort.Column)),
            "CK-EXPORTER-22", $"{dataset.Title} cannot be put in this order. Choose the order of rows again.");
        Require(
            configuration.Statuses.Distinct().Count() == configuration.Statuses.Count
                && !configuration.Statuses.Except(RecordStatuses.Of(dataset).Select(status => status.Value)).Any(),
            "CK-EXPORTER-23", $"{dataset.Title} has no such status, or one is chosen twice. Choose the statuses again.");
        Require(
            IsDay(configuration.From) && IsDay(configuration.To),
            "CK-EXPORTER-24", $"Choose dates between {FirstDay.Year} and {LastDay.Year}, or leave the field empty.");
        Require(
            configuration is not { From: { } from, To: { } to } || from <= to,
            "CK-EXPORTER-11", "The first date is after the last one. Swap the two dates.");
        Require(
            JsonSerializer.SerializeToUtf8Bytes(configuration).Length <= MostBytes,
            "CK-EXPORTER-25", "This exporter is too large to be saved. Choose fewer columns or shorter headings.");
    }

    /// <exception cref="RefusedException">CK-EXPORTER-12: no spreadsheet would take it.</exception>
    public static void CheckTab(string title) => Require(
        title.Length is > 0 and <= LongestTabTitle && title == title.Trim() && !title.Any(char.IsControl)
        && PlainText.IsVisible(title),
        "CK-EXPORTER-12",
        $"Name the tab with up to {LongestTabTitle} characters, at least one of them visible, without line breaks and "
        + "without spaces at its ends.");

    private static bool IsDay(DateOnly? day) => day is not { } given || (given >= FirstDay && given <= LastDay);

    private static void Require(bool right, string code, string message)
    {
        if (!right) throw new RefusedException(code, message);
    }
}
