using CountingKit.Datasets;

namespace CountingKit.Exporters;

/// <summary>Everything that decides what an exporter writes, and where.</summary>
/// <param name="ConnectionIds">The organizations that it reads.</param>
/// <param name="Columns">In the person's order; at least one.</param>
/// <param name="Statuses">Only records of these statuses; empty = all.</param>
/// <param name="From">Inclusive, by the record's date; null = from the beginning.</param>
/// <param name="To">Inclusive; null = without end.</param>
/// <param name="Sort">Empty = the dataset's own order.</param>
/// <param name="SpreadsheetKey">Our id of the spreadsheet.</param>
/// <param name="TabTitle">The tab's name when it is made; people may rename the tab afterwards.</param>
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
    string TabTitle);

/// <param name="Key">Of the dataset's column.</param>
/// <param name="Heading">What the header cell says; null = the dataset's heading.</param>
public sealed record ExporterColumn(string Key, string? Heading = null);
