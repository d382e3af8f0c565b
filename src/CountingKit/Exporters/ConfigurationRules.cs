using CountingKit.Datasets;
using CountingKit.EventSourcing;

namespace CountingKit.Exporters;

/// <summary>What a configuration must be like, whoever sends it.</summary>
public static class ConfigurationRules
{
    /// <summary>As Google allows.</summary>
    public const int LongestTabTitle = 100;

    /// <exception cref="RefusedException">With the first thing that is wrong and what would be right.</exception>
    public static void Check(ExporterConfiguration configuration)
    {
        Require(configuration.Name.Trim().Length is > 0 and <= 100, "CK-EXPORTER-04", "Give the exporter a name of up to 100 characters.");
        CheckData(configuration);
        CheckTab(configuration.TabTitle);
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
        foreach (var column in configuration.Columns)
            Require(dataset.Columns.Any(c => c.Key == column.Key), "CK-EXPORTER-08", $"{dataset.Title} has no column {column.Key}.");
        var headings = configuration.Columns.Select(c => c.Heading ?? dataset.Column(c.Key).Heading).ToList();
        Require(
            headings.Distinct(StringComparer.OrdinalIgnoreCase).Count() == headings.Count,
            "CK-EXPORTER-09", "Two columns have the same heading. Each needs its own.");
        Require(
            configuration.Columns.Any(c => c.Key == dataset.KeyColumn),
            "CK-EXPORTER-10", $"Keep the column {dataset.Column(dataset.KeyColumn).Heading}: it names each row for good.");
        foreach (var sort in configuration.Sort)
            Require(dataset.Columns.Any(c => c.Key == sort.Column), "CK-EXPORTER-08", $"{dataset.Title} has no column {sort.Column}.");
        Require(
            configuration is not { From: { } from, To: { } to } || from <= to,
            "CK-EXPORTER-11", "The first date lies after the last one.");
    }

    /// <exception cref="RefusedException">CK-EXPORTER-12: no spreadsheet would take it.</exception>
    public static void CheckTab(string title) => Require(
        title.Length is > 0 and <= LongestTabTitle && title == title.Trim() && !title.Any(char.IsControl),
        "CK-EXPORTER-12",
        $"Name the tab with up to {LongestTabTitle} characters, without line breaks and without spaces at its ends.");

    private static void Require(bool right, string code, string message)
    {
        if (!right) throw new RefusedException(code, message);
    }
}
