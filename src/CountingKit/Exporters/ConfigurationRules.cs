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

    /// <summary>Of a report: each is a call, and the smallest of Xero's tiers has 1,000 a day for all.</summary>
    public const int MostPeriods = 240;

    /// <summary>Of one period, in months: Xero gives no longer report.</summary>
    public const int MonthsOfOnePeriod = 12;

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
            ExporterCodes.NoName, $"Give the exporter a name of up to {LongestText} visible characters.");
        CheckTab(configuration.TabTitle);
        CheckData(configuration);
    }

    /// <summary>What decides the rows, without name and tab: enough for a preview.</summary>
    /// <exception cref="RefusedException">With the first thing that is wrong and what would be right.</exception>
    public static void CheckData(ExporterConfiguration configuration)
    {
        var dataset = DatasetCatalogue.Find(configuration.Dataset)
            ?? throw new RefusedException(ExporterCodes.NoDataset);
        Require(configuration.ConnectionIds.Count > 0, ExporterCodes.NoOrganization);
        Require(configuration.ConnectionIds.Count == 1, ExporterCodes.SeveralOrganizations);
        Require(configuration.Columns.Count > 0, ExporterCodes.NoColumns);
        Require(
            configuration.Columns.All(column => dataset.Find(column.Key) is not null),
            ExporterCodes.UnknownColumn, $"In {dataset.Title} there is no such column. Reload the page and choose the columns again.");
        Require(
            configuration.Columns.DistinctBy(c => c.Key).Count() == configuration.Columns.Count,
            ExporterCodes.ColumnTwice);
        Require(
            configuration.Columns.All(c => c.Heading is null or { Length: <= LongestText }),
            ExporterCodes.LongHeading, $"A heading has at most {LongestText} characters.");
        Require(
            configuration.Columns.All(c => c.Heading is null || PlainText.IsVisible(c.Heading)),
            ExporterCodes.LongHeading, "A heading has no visible characters. Type another one, or leave the field empty.");
        var headings = configuration.Columns.Select(c => c.Heading ?? dataset.Column(c.Key).Heading).ToList();
        Require(
            headings.Distinct(StringComparer.OrdinalIgnoreCase).Count() == headings.Count,
            ExporterCodes.SameHeading);
        Require(
            configuration.Columns.Any(c => c.Key == dataset.KeyColumn),
            ExporterCodes.NoKey, $"Keep the column {dataset.Column(dataset.KeyColumn).Heading}: it identifies each row.");
        Require(
            configuration.Sort.Count <= MostSorts && configuration.Sort.DistinctBy(s => s.Column).Count() == configuration.Sort.Count
                && configuration.Sort.All(sort => dataset.Find(sort.Column) is not null),
            ExporterCodes.UnknownSort, $"{dataset.Title} cannot be put in this order. Choose the order of rows again.");
        Require(
            configuration.Statuses.Distinct().Count() == configuration.Statuses.Count
                && !configuration.Statuses.Except(dataset.Statuses.Select(status => status.Value)).Any(),
            ExporterCodes.UnknownStatus, $"{dataset.Title} have no such status, or one is chosen twice. Choose the statuses again.");
        CheckReport(configuration, dataset);
        Require(
            dataset.DateColumn is not null || configuration is { From: null, To: null }
                || configuration.Report?.Range == ReportRange.Fixed,
            ExporterCodes.NoDate, $"{dataset.Title} have no date, so no first or last day can be set.");
        Require(
            IsDay(configuration.From) && IsDay(configuration.To),
            ExporterCodes.FarDate, $"Choose dates between {FirstDay.Year} and {LastDay.Year}, or leave the field empty.");
        Require(
            configuration is not { From: { } from, To: { } to } || from <= to,
            ExporterCodes.DatesReversed);
        Require(
            JsonSerializer.SerializeToUtf8Bytes(configuration).Length <= MostBytes,
            ExporterCodes.TooLarge);
    }

    /// <exception cref="RefusedException">CK-EXPORTER-12: no spreadsheet would take it.</exception>
    public static void CheckTab(string title) => Require(
        title.Length is > 0 and <= LongestTabTitle && title == title.Trim() && !title.Any(char.IsControl)
        && PlainText.IsVisible(title),
        ExporterCodes.BadTab,
        $"Name the tab with up to {LongestTabTitle} characters, at least one of them visible, without line breaks and "
        + "without spaces at its ends.");

    private static void CheckReport(ExporterConfiguration configuration, Dataset dataset)
    {
        Require((configuration.Report is not null) == (dataset.Report is not null), ExporterCodes.UnknownReport);
        if (configuration.Report is not { } report || dataset.Report is not { } kind) return;
        Require(
            kind.Units.Contains(report.Unit) && Enum.IsDefined(report.Range) && (kind.HasBasis || !report.IsCash)
                && (kind.HasLayout || !report.IsOwnLayout) && (kind.HasTotals || !report.WithTotals),
            ExporterCodes.UnknownReport);
        Require(report.Fits(), ExporterCodes.UnitTooLong);
        if (report.Range != ReportRange.Fixed)
        {
            var most = report.Unit == ReportUnit.Whole ? MonthsOfOnePeriod : MostPeriods;
            Require(
                report.Count >= 1 && report.Count <= most, ExporterCodes.ManyPeriods,
                report.Unit == ReportUnit.Whole
                    ? $"One report may be of at most {MonthsOfOnePeriod} months: Xero gives no longer one."
                    : $"Choose 1 to {MostPeriods} periods: each is a call to Xero.");
            return;
        }

        Require(configuration is { From: not null, To: not null }, ExporterCodes.OpenRange);
        if (configuration is not { From: { } first, To: { } last } || first > last || !IsDay(first) || !IsDay(last)) return;
        var months = ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;
        Require(
            report.Unit != ReportUnit.Month || months <= MostPeriods, ExporterCodes.ManyPeriods,
            $"These are {months} months. Choose up to {MostPeriods}, or quarters or years: each period is a call to Xero.");
        Require(
            report.Unit != ReportUnit.Whole || kind.IsAsAt || last < first.AddMonths(MonthsOfOnePeriod),
            ExporterCodes.ManyPeriods,
            $"One report may be of at most {MonthsOfOnePeriod} months: Xero gives no longer one.");
    }

    private static bool IsDay(DateOnly? day) => day is not { } given || (given >= FirstDay && given <= LastDay);

    private static void Require(bool right, ErrorCode code, string? message = null)
    {
        if (!right) throw message is null ? new RefusedException(code) : new RefusedException(code, message);
    }
}
