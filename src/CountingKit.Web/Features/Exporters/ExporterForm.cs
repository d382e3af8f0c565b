using System.ComponentModel.DataAnnotations;
using CountingKit.Datasets;
using CountingKit.Exporters;

namespace CountingKit.Web.Features.Exporters;

/// <param name="Order">Its place among the chosen ones, from 1; null = after them.</param>
/// <param name="Heading">Empty = the dataset's own.</param>
public sealed record ColumnField(
    string Key, bool Chosen, int? Order,
    [MaxLength(100, ErrorMessage = "A heading has at most 100 characters.")] string? Heading);

/// <param name="ExporterId">Made when the form was rendered: sent twice, it makes one exporter.</param>
/// <param name="Version">The configuration's version that it was rendered from; null = of a new exporter, or not told.</param>
/// <param name="Shown">The key of the dataset that it was rendered for; null = not told.</param>
/// <param name="Report">Null = the data is no report, or nothing was chosen of it yet.</param>
/// <param name="Sort">A column's key, with <c>-</c> before it for the other way round; empty = the dataset's order.</param>
public sealed record ExporterForm(
    Guid CommandId,
    Guid ExporterId,
    [Required(ErrorMessage = "Give the exporter a name."), MaxLength(100, ErrorMessage = "A name has at most 100 characters.")]
    string? Name,
    [Required(ErrorMessage = "Choose the data to export.")] string? Dataset,
    [Required(ErrorMessage = "Choose an organization.")] Guid? ConnectionId,
    IReadOnlyList<ColumnField>? Columns,
    IReadOnlyList<string>? Statuses,
    DateOnly? From,
    DateOnly? To,
    string? Sort,
    [Required(ErrorMessage = "Choose a spreadsheet.")] Guid? SpreadsheetKey,
    [Required(ErrorMessage = "Name the tab.")] string? TabTitle,
    int? Version = null,
    string? Shown = null,
    ReportFields? Report = null)
{
    /// <summary>The catalogue's dataset of that key; the first one where there is none.</summary>
    public Dataset ChosenDataset => DatasetCatalogue.Find(Dataset ?? "") ?? DatasetCatalogue.All[0];

    /// <summary>Other data was chosen than its columns are of.</summary>
    public bool IsOfOtherData => Shown is not null && DatasetCatalogue.Find(Shown) is { } shown && shown != ChosenDataset;

    /// <summary>What an exporter is called that nobody has named yet.</summary>
    public static string SuggestedName(string organization, Dataset dataset) => $"{organization} {dataset.Title}";

    public static ExporterForm New(Dataset dataset, Guid? connectionId, Guid? spreadsheetKey, string? name) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), name, dataset.Key, connectionId, FieldsOf(dataset, Usual(dataset)),
        dataset.UsualStatuses, null, null, null, spreadsheetKey, dataset.Title, Report: dataset.Report is null ? null : new());

    /// <param name="version">The configuration's.</param>
    public static ExporterForm Of(Guid exporterId, ExporterConfiguration configuration, int version) => new(
        Guid.CreateVersion7(), exporterId, configuration.Name, configuration.Dataset, configuration.ConnectionIds[0],
        FieldsOf(DatasetCatalogue.Get(configuration.Dataset), configuration.Columns), configuration.Statuses,
        configuration.From, configuration.To, SortText(configuration.Sort), configuration.SpreadsheetKey,
        configuration.TabTitle, version, Report: configuration.Report is { } report ? ReportFields.Of(report) : null);

    /// <summary>The columns of the chosen dataset: chosen ones first, in their order, renumbered; the usual ones where none is known.</summary>
    public ExporterForm Arranged()
    {
        var dataset = ChosenDataset;
        var known = (Columns ?? []).Where(field => Has(dataset, field.Key))
            .OrderByDescending(field => field.Chosen).DistinctBy(field => field.Key).ToList();
        var columns = known.Count > 0 ? Chosen(known).ToList() : Usual(dataset);
        var headings = known.Where(field => !field.Chosen).ToDictionary(field => field.Key, field => field.Heading);
        return this with
        {
            Dataset = dataset.Key,
            Shown = dataset.Key,
            Columns =
            [
                .. FieldsOf(dataset, columns).Select(field => !field.Chosen && headings.TryGetValue(field.Key, out var typed)
                    ? field with { Heading = typed }
                    : field),
            ],
            Statuses = [.. (Statuses ?? []).Intersect(dataset.Statuses.Select(status => status.Value))],
            Sort = Sort is { } sort && dataset.Columns.Any(c => c.Key == ColumnOf(sort)) ? Sort : null,
            From = HasDays(dataset) ? From : null,
            To = HasDays(dataset) ? To : null,
        };
    }

    /// <summary>
    /// Where other data was chosen: its usual columns and statuses, and what was suggested for the data before is suggested for it. What
    /// somebody typed stays.
    /// </summary>
    /// <param name="organizations">The names of those that can be chosen.</param>
    public ExporterForm OfItsData(IEnumerable<string> organizations)
    {
        if (!IsOfOtherData) return this;
        var (before, now) = (DatasetCatalogue.Get(Shown!), ChosenDataset);
        var suggested = organizations.FirstOrDefault(name => SuggestedName(name, before) == Name);
        return this with
        {
            Columns = [],
            Statuses = now.UsualStatuses,
            Shown = now.Key,
            Name = suggested is null ? Name : SuggestedName(suggested, now),
            TabTitle = TabTitle == before.Title ? now.Title : TabTitle,
        };
    }

    private static bool HasDays(Dataset dataset) => dataset.DateColumn is not null || dataset.Report is not null;

    private static bool Has(Dataset dataset, string column) => dataset.Columns.Any(c => c.Key == column);

    /// <param name="move">A column's key and <c>:up</c> or <c>:down</c>.</param>
    public ExporterForm Moved(string move)
    {
        var arranged = Arranged();
        var fields = arranged.Columns!.ToList();
        var (key, step) = move.Split(':') is [var name, var way] ? (name, way == "up" ? -1 : 1) : ("", 0);
        var from = fields.FindIndex(field => field.Key == key && field.Chosen);
        var to = from + step;
        if (from < 0 || to < 0 || to >= fields.Count || !fields[to].Chosen) return arranged;
        (fields[from], fields[to]) = (fields[to] with { Order = from + 1 }, fields[from] with { Order = to + 1 });
        return arranged with { Columns = fields };
    }

    /// <summary>What was entered, for the rules to judge.</summary>
    public ExporterConfiguration ToConfiguration()
    {
        var report = DatasetCatalogue.Find(Dataset ?? "")?.Report is { } kind ? (Report ?? new()).ToOptions(kind) : null;
        var hasDays = report is null or { Range: ReportRange.Fixed };
        return new(
            Name?.Trim() ?? "", Dataset ?? "", ConnectionId is { } connectionId ? [connectionId] : [], [.. Chosen(Columns ?? [])],
            [.. (Statuses ?? []).Where(status => !string.IsNullOrEmpty(status))], hasDays ? From : null, hasDays ? To : null,
            ReadSort(), SpreadsheetKey ?? Guid.Empty, TabTitle?.Trim() ?? "", report);
    }

    private static IEnumerable<ExporterColumn> Chosen(IReadOnlyList<ColumnField> fields) => fields
        .Where(field => field.Chosen)
        .OrderBy(field => field.Order ?? int.MaxValue)
        .Select(field => new ExporterColumn(field.Key, field.Heading?.Trim() is { Length: > 0 } heading ? heading : null));

    private static List<ExporterColumn> Usual(Dataset dataset) =>
        [.. dataset.Columns.Where(column => column.IsDefault).Select(column => new ExporterColumn(column.Key))];

    private static List<ColumnField> FieldsOf(Dataset dataset, IReadOnlyList<ExporterColumn> chosen) =>
    [
        .. chosen.Select((column, i) => new ColumnField(column.Key, true, i + 1, column.Heading)),
        .. dataset.Columns.Where(column => chosen.All(c => c.Key != column.Key))
            .Select(column => new ColumnField(column.Key, false, null, null)),
    ];

    private static string? SortText(IReadOnlyList<SortBy> sort) =>
        sort.Count == 0 ? null : (sort[0].Descending ? "-" : "") + sort[0].Column;

    private IReadOnlyList<SortBy> ReadSort() =>
        Sort is { Length: > 0 } sort ? [new SortBy(ColumnOf(sort), sort.StartsWith('-'))] : [];

    private static string ColumnOf(string sort) => sort.StartsWith('-') ? sort[1..] : sort;
}
