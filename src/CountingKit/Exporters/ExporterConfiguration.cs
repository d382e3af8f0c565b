using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;

namespace CountingKit.Exporters;

/// <summary>Everything that decides what an exporter writes, and where.</summary>
/// <param name="ConnectionIds">The organizations that it reads.</param>
/// <param name="Columns">In the person's order; at least one.</param>
/// <param name="Statuses">Only records of these statuses; empty = all.</param>
/// <param name="From">
/// Inclusive, by the record's date; null = from the beginning. Of a report, the first day of its fixed range; else null.
/// </param>
/// <param name="To">Inclusive; null = without end. Of a report, the last day of its fixed range; else null.</param>
/// <param name="Sort">Empty = the dataset's own order.</param>
/// <param name="SpreadsheetKey">Our id of the spreadsheet.</param>
/// <param name="TabTitle">The tab's name when it is made; people may rename the tab afterwards.</param>
/// <param name="Report">Of a report: which periods of it, and how it is asked for; null = the data is a list.</param>
public sealed record ExporterConfiguration(
    string Name,
    string Dataset,
    IReadOnlyList<Guid> ConnectionIds,
    IReadOnlyList<ExporterColumn> Columns,
    IReadOnlyList<string> Statuses,
    DateOnly? From,
    DateOnly? To,
    IReadOnlyList<SortBy> Sort,
    Guid SpreadsheetKey,
    string TabTitle,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReportOptions? Report = null)
{
    /// <summary>
    /// What chooses the rows, resolved: statuses, and dates with the last one inclusive. Only data with a date has any. Who keeps
    /// all the usual statuses wants what counts: one that Xero does not tell, or that is new, is not left out unseen.
    /// </summary>
    public IReadOnlyList<RowFilter> RowFilters()
    {
        var filters = new List<RowFilter>();
        var known = DatasetCatalogue.Find(Dataset);
        if (Statuses.Count > 0 && known is { UsualStatuses: { Count: > 0 } usual } && !usual.Except(Statuses).Any())
            filters.Add(new("status", NotIn: [.. known.Statuses.Select(status => status.Value).Except(Statuses)]));
        else if (Statuses.Count > 0) filters.Add(new("status", In: Statuses));
        if (Report is { WithTotals: false } && known?.Report is { HasTotals: true }) filters.Add(new("isTotal", Is: false));
        if (Report is null && (From is not null || To is not null))
            filters.Add(new("date", From: From, Below: To is { } last && last < DateOnly.MaxValue ? last.AddDays(1) : null));
        return filters;
    }

    /// <summary>The periods of a report, earliest first.</summary>
    /// <param name="at">UTC: what is current, is at this moment.</param>
    /// <exception cref="RefusedException">CK-CONN-08: the organization's financial year is not known.</exception>
    public IReadOnlyList<WantedPeriod> Periods(ReportKind kind, ReportCalendar calendar, DateTimeOffset at)
    {
        var options = Report ?? new();
        if (!calendar.Knows(options)) throw new RefusedException(ConnectionCodes.NoFinancialYear);
        return calendar.Periods(kind, options, From, To, at);
    }

    /// <summary>Keys of the columns that rows are made of, chosen or put in order by.</summary>
    public IReadOnlyList<string> ColumnsUsed() =>
    [
        .. Columns.Select(column => column.Key), .. RowFilters().Select(filter => filter.Column), .. Sort.Select(sort => sort.Column),
    ];

    /// <summary>
    /// Names what chooses the rows. A change that takes none away, such as of the name, the columns, the order or the tab,
    /// leaves it the same. It is kept in events: a new filter adds to it only where it is set.
    /// </summary>
    public string Selection()
    {
        List<string> chosen =
        [
            $"data={Dataset}",
            .. ConnectionIds.Order().Select(id => $"organization={id}"),
            .. Statuses.Order(StringComparer.Ordinal).Select(status => $"status={status}"),
        ];
        if (From is { } first) chosen.Add(string.Create(CultureInfo.InvariantCulture, $"from={first:O}"));
        if (To is { } last) chosen.Add(string.Create(CultureInfo.InvariantCulture, $"to={last:O}"));
        if (Report is { } report)
            chosen.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"report={report.Unit} {report.Range} {report.Count} {report.IsCash} {report.IsOwnLayout} {report.WithTotals}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', chosen))));
    }
}

/// <param name="Key">Of the dataset's column.</param>
/// <param name="Heading">What the header cell says; null = the dataset's heading.</param>
public sealed record ExporterColumn(string Key, string? Heading = null);
