using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CountingKit.Datasets;
using CountingKit.Exporters;
using CountingKit.Messaging;

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
/// <param name="SuggestedName">What was suggested as name when it was rendered; null = nothing.</param>
/// <param name="SuggestedTab">Likewise as tab.</param>
/// <param name="Sort">A column's key, with <c>-</c> before it for the other way round; empty = the dataset's order.</param>
public sealed record ExporterForm(
    Guid CommandId,
    Guid ExporterId,
    [MaxLength(100, ErrorMessage = "A name has at most 100 characters.")] string? Name,
    [Required(ErrorMessage = "Choose the data to export.")] string? Dataset,
    [Required(ErrorMessage = "Choose an organization.")] Guid? ConnectionId,
    IReadOnlyList<ColumnField>? Columns,
    IReadOnlyList<string>? Statuses,
    DateOnly? From,
    DateOnly? To,
    string? Sort,
    [Required(ErrorMessage = "Choose a spreadsheet.")] Guid? SpreadsheetKey,
    string? TabTitle,
    int? Version = null,
    string? Shown = null,
    ReportFields? Report = null,
    [MaxLength(100, ErrorMessage = "A name has at most 100 characters.")] string? SuggestedName = null,
    [MaxLength(100, ErrorMessage = "A tab's name has at most 100 characters.")] string? SuggestedTab = null)
{
    private const int LongestName = 100;

    /// <summary>The catalogue's dataset of that key; the first one where there is none.</summary>
    public Dataset ChosenDataset => DatasetCatalogue.Find(Dataset ?? "") ?? DatasetCatalogue.All[0];

    /// <summary>Other data was chosen than its columns are of.</summary>
    public bool IsOfOtherData => Shown is not null && DatasetCatalogue.Find(Shown) is { } shown && shown != ChosenDataset;

    public static ExporterForm New(Dataset dataset, Guid? connectionId, Guid? spreadsheetKey) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), null, dataset.Key, connectionId, [], dataset.UsualStatuses, null, null, null,
        spreadsheetKey, null, Report: dataset.Report is null ? null : new());

    /// <param name="version">The configuration's.</param>
    public static ExporterForm Of(Guid exporterId, ExporterConfiguration configuration, int version) => new(
        Guid.CreateVersion7(), exporterId, configuration.Name, configuration.Dataset, configuration.ConnectionIds[0],
        [.. configuration.Columns.Select((column, i) => new ColumnField(column.Key, true, i + 1, column.Heading))], configuration.Statuses,
        configuration.From, configuration.To, SortText(configuration.Sort), configuration.SpreadsheetKey,
        configuration.TabTitle, version, Report: configuration.Report is { } report ? ReportFields.Of(report) : null);

    /// <summary>The columns of the chosen dataset: chosen ones first, in their order, renumbered; the usual ones where none is known.</summary>
    /// <param name="offered">The columns to choose from. One that an exporter has keeps its place although it is not offered any more.</param>
    public ExporterForm Arranged(IReadOnlyList<Column> offered)
    {
        var dataset = ChosenDataset;
        var known = (Columns ?? []).Where(field => field.Key is not null && (offered.Any(column => column.Key == field.Key)
                || (Version is not null && field.Chosen && dataset.Find(field.Key) is not null)))
            .OrderByDescending(field => field.Chosen).DistinctBy(field => field.Key).ToList();
        var columns = known.Count > 0 ? Chosen(known).ToList()
            : [.. offered.Where(column => column.IsDefault).Select(column => new ExporterColumn(column.Key))];
        var headings = known.Where(field => !field.Chosen).ToDictionary(field => field.Key, field => field.Heading);
        return this with
        {
            Dataset = dataset.Key,
            Shown = dataset.Key,
            Columns =
            [
                .. FieldsOf(offered, columns).Select(field => !field.Chosen && headings.TryGetValue(field.Key, out var typed)
                    ? field with { Heading = typed }
                    : field),
            ],
            Statuses = [.. (Statuses ?? []).Intersect(dataset.Statuses.Select(status => status.Value))],
            Sort = Sort is { } sort && dataset.Find(ColumnOf(sort)) is not null ? Sort : null,
            From = HasDays(dataset) ? From : null,
            To = HasDays(dataset) ? To : null,
        };
    }

    /// <summary>
    /// Where other data was chosen: its usual columns and statuses.
    /// </summary>
    public ExporterForm OfItsData() => IsOfOtherData
        ? this with { Columns = [], Statuses = ChosenDataset.UsualStatuses, Shown = ChosenDataset.Key }
        : this;

    /// <summary>With the columns of a preset; what was typed as their headings stays.</summary>
    /// <param name="country">The organization's, ISO 3166; null = not known.</param>
    public ExporterForm With(ColumnPreset preset, IReadOnlyList<Column> offered, string? country)
    {
        var typed = (Columns ?? []).Where(field => field.Key is not null).DistinctBy(field => field.Key)
            .ToDictionary(field => field.Key, field => field.Heading);
        return this with
        {
            Columns =
            [
                .. offered.Select((column, i) => new ColumnField(
                    column.Key, column.IsIn(preset, country), i + 1, typed.GetValueOrDefault(column.Key))),
            ],
        };
    }

    /// <summary>With the columns of active tracking categories that were not offered before, behind the chosen ones.</summary>
    public ExporterForm WithTracking(IReadOnlyList<Column> offered) => this with
    {
        Columns =
        [
            .. Columns ?? [],
            .. offered.Where(column => column is { Tracked: not null, IsDefault: true } && (Columns ?? []).All(field => field.Key != column.Key))
                .Select(column => new ColumnField(column.Key, true, null, null)),
        ],
    };

    /// <summary>Where nobody typed anything else, what is suggested by now.</summary>
    /// <param name="organization">What people call it; null = none is chosen.</param>
    /// <param name="tabs">Names that tabs of its spreadsheet have.</param>
    public ExporterForm Suggesting(string? organization, IEnumerable<string> tabs)
    {
        var title = ChosenDataset.Title;
        var name = organization is null ? null : PlainText.Cut(Plain(organization), LongestName - title.Length - 3) + $" – {title}";
        var tab = Free(name ?? title, tabs.ToHashSet(StringComparer.OrdinalIgnoreCase));
        return this with
        {
            Name = IsTyped(Name, SuggestedName) ? Name : name, SuggestedName = name,
            TabTitle = IsTyped(TabTitle, SuggestedTab) ? TabTitle : tab, SuggestedTab = tab,
        };

        static string Plain(string text) => string.Concat(text.Where(c => !char.IsControl(c))).Trim();

        static bool IsTyped(string? text, string? suggested) => !string.IsNullOrWhiteSpace(text) && text != suggested;
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var number = 2; taken.Contains(free); number++)
            free = string.Create(CultureInfo.InvariantCulture, $"{PlainText.Cut(name, LongestName - 6)} ({number})");
        return free;
    }

    private static bool HasDays(Dataset dataset) => dataset.DateColumn is not null || dataset.Report is not null;

    /// <param name="move">A column's key and <c>:up</c> or <c>:down</c>.</param>
    public ExporterForm Moved(string move, IReadOnlyList<Column> offered)
    {
        var arranged = Arranged(offered);
        var fields = arranged.Columns!.ToList();
        var (key, step) = move.Split(':') is [var name, var way] ? (name, way == "up" ? -1 : 1) : ("", 0);
        var from = fields.FindIndex(field => field.Key == key && field.Chosen);
        var to = from + step;
        if (from < 0 || to < 0 || to >= fields.Count || !fields[to].Chosen) return arranged;
        (fields[from], fields[to]) = (fields[to] with { Order = from + 1 }, fields[from] with { Order = to + 1 });
        return arranged with { Columns = fields };
    }

    /// <summary>
    /// What was entered, for the rules to judge. A column of a tracking category is headed by the category's name as it is now, which
    /// only Xero knows otherwise.
    /// </summary>
    public ExporterConfiguration ToConfiguration(IReadOnlyList<Column> offered)
    {
        var report = DatasetCatalogue.Find(Dataset ?? "")?.Report is { } kind ? (Report ?? new()).ToOptions(kind) : null;
        var hasDays = report is null or { Range: ReportRange.Fixed };
        return new(
            Name?.Trim() ?? "", Dataset ?? "", ConnectionId is { } connectionId ? [connectionId] : [], 
            [.. Chosen(Columns ?? []).Select(column => column.Heading is null ? column with { Heading = NameOfTracking(column.Key) } : column)],
            [.. (Statuses ?? []).Where(status => !string.IsNullOrEmpty(status))], hasDays ? From : null, hasDays ? To : null,
            ReadSort(), SpreadsheetKey ?? Guid.Empty, TabTitle?.Trim() ?? "", report);

        string? NameOfTracking(string key) => offered.FirstOrDefault(column => column.Tracked is not null && column.Key == key)?.Heading;
    }

    private static IEnumerable<ExporterColumn> Chosen(IReadOnlyList<ColumnField> fields) => fields
        .Where(field => field.Chosen)
        .OrderBy(field => field.Order ?? int.MaxValue)
        .Select(field => new ExporterColumn(field.Key, field.Heading?.Trim() is { Length: > 0 } heading ? heading : null));

    private static List<ColumnField> FieldsOf(IReadOnlyList<Column> offered, IReadOnlyList<ExporterColumn> chosen) =>
    [
        .. chosen.Select((column, i) => new ColumnField(column.Key, true, i + 1, column.Heading)),
        .. offered.Where(column => chosen.All(c => c.Key != column.Key))
            .Select(column => new ColumnField(column.Key, false, null, null)),
    ];

    private static string? SortText(IReadOnlyList<SortBy> sort) =>
        sort.Count == 0 ? null : (sort[0].Descending ? "-" : "") + sort[0].Column;

    private IReadOnlyList<SortBy> ReadSort() =>
        Sort is { Length: > 0 } sort ? [new SortBy(ColumnOf(sort), sort.StartsWith('-'))] : [];

    private static string ColumnOf(string sort) => sort.StartsWith('-') ? sort[1..] : sort;
}
