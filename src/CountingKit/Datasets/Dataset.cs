namespace CountingKit.Datasets;

/// <summary>What can be exported. On pages: "data".</summary>
/// <param name="Key">Stable, stored in events: <c>invoices</c>.</param>
/// <param name="Title">What people call it: Invoices.</param>
/// <param name="Version">
/// Raise it with every change of a column's path, type or formula, or of how values are read: what was computed from records under
/// another version is computed again.
/// </param>
/// <param name="Resource">What it is made from. Several datasets share one.</param>
/// <param name="RecordFilter">
/// Which of the resource's records belong: a path and its value (<c>Type</c> = <c>ACCREC</c>); null = all.
/// </param>
/// <param name="Columns">In the catalogue's order.</param>
/// <param name="KeyColumn">Key of the column that names a row for good.</param>
/// <param name="DefaultSort">
/// The order of rows unless the exporter sorts otherwise; the key column decides ties.
/// </param>
/// <param name="NameColumn">Key of the column that people call a row by; null = they have only its key.</param>
/// <param name="Statuses">What the column <c>status</c> may hold, for choosing among them; null = it is not filtered by status.</param>
public sealed record Dataset(
    string Key,
    string Title,
    int Version,
    Resource Resource,
    RecordFilter? RecordFilter,
    IReadOnlyList<Column> Columns,
    string KeyColumn,
    IReadOnlyList<SortBy> DefaultSort,
    string? NameColumn = null,
    IReadOnlyList<RecordStatus>? Statuses = null)
{
    public IReadOnlyList<RecordStatus> Statuses { get; } = Statuses ?? [];

    /// <summary>Those that a new exporter keeps to, so that its sheet can be summed; empty = all.</summary>
    public IReadOnlyList<string> UsualStatuses => Statuses.All(status => status.IsUsual)
        ? [] : [.. Statuses.Where(status => status.IsUsual).Select(status => status.Value)];

    /// <summary>The record's list whose elements are the rows; null = a record is a row.</summary>
    public RowList? List { get; init; }

    /// <summary>
    /// Where a row's tracking stands, as a path: <c>LineItems[].Tracking</c>. It may then have a column per category
    /// (<see cref="TrackingColumn"/>). Null = its rows have none.
    /// </summary>
    public string? Tracking { get; init; }

    /// <summary>The report whose lines are the rows, and whose periods are the records; null = it is made from a list.</summary>
    public ReportKind? Report { get; init; }

    /// <summary>All that it may be made from: a report is asked for in several ways.</summary>
    public IReadOnlyList<Resource> Resources => Report?.Resources ?? [Resource];

    /// <summary>The date that an exporter's first and last day are of; null = its records have none.</summary>
    public Column? DateColumn => Columns.FirstOrDefault(c => c.Key == "date");

    /// <summary>
    /// True = a row's key is its place in its record, so that another row may bear it later: what stands beside a row is not
    /// known by it.
    /// </summary>
    public bool KeysArePlaces { get; init; }

    /// <summary>What reads its records.</summary>
    /// <exception cref="ArgumentException">A column's path is in none of the forms of <see cref="ColumnPaths"/>.</exception>
    public IRowReader Reader(IReadOnlyList<Column> columns) =>
        Report is null ? new RecordReader(columns, List) : new ReportReader(columns);

    /// <summary>What people call a record by its key: of a report, its period.</summary>
    public string NameOf(string record) => Report is null ? record : ReportPeriod.Parse(record).Label;

    /// <param name="options">Of a report; null = as usual.</param>
    public Resource ResourceFor(ReportOptions? options) => Report?.ResourceOf(options ?? new()) ?? Resource;

    /// <summary>Whether one of these columns is an amount in base currency, which an organization's rows can lack.</summary>
    public bool ShowsBaseAmounts(IEnumerable<string> columns) =>
        Columns.IntersectBy(columns, column => column.Key).Any(column => column.Unrated is not null);

    /// <summary>
    /// The columns to choose from for an organization: with one per tracking category, which is then suggested instead of the
    /// categories' places on a line.
    /// </summary>
    /// <param name="categories">The organization's; empty = it has none, or they are not known.</param>
    public IReadOnlyList<Column> Offered(IReadOnlyList<TrackingCategory> categories)
    {
        if (Tracking is not { } list || categories.Count == 0) return Columns;
        var first = Columns.ToList().FindIndex(IsPlace);
        return
        [
            .. Columns.Take(first), .. TrackingColumn.Of(categories, list, Columns.Select(column => column.Heading)),
            .. Columns.Skip(first).Select(column => IsPlace(column) ? column with { IsDefault = false } : column),
        ];

        bool IsPlace(Column column) => column.Path.StartsWith($"{list}[", StringComparison.Ordinal);
    }

    /// <summary>Also one of a tracking category. Null = this dataset has no such column.</summary>
    public Column? Find(string key) =>
        Columns.FirstOrDefault(c => c.Key == key) ?? (Tracking is { } list ? TrackingColumn.Of(key, list) : null);

    /// <exception cref="KeyNotFoundException">This dataset has no such column.</exception>
    public Column Column(string key) =>
        Find(key)
        ?? throw new KeyNotFoundException($"{Title} has no column {key}.");
}

public static class Headings
{
    /// <summary>What people call a column that was stored; the key itself if the dataset has it no more, or is not known.</summary>
    /// <param name="dataset">Null = it is not known.</param>
    public static string HeadingOf(this Dataset? dataset, string key) =>
        dataset?.Find(key)?.Heading ?? key;
}

/// <param name="Value">As Xero writes it.</param>
/// <param name="Meaning">As Xero's pages call it.</param>
/// <param name="IsUsual">False = records of this status do not count: a new exporter leaves them out unless somebody chooses them.</param>
public sealed record RecordStatus(string Value, string Meaning, bool IsUsual = true);

/// <summary>Elements that are null or "" are no rows.</summary>
/// <param name="Name">Of the record's property: <c>LineItems</c>.</param>
/// <param name="Skips">An element's yes/no property that makes it no row where it is yes; null = each is one.</param>
/// <param name="KeepsEmpty">True = a record whose list is empty or missing has one row, without the element's values.</param>
public sealed record RowList(string Name, string? Skips = null, bool KeepsEmpty = false);

public sealed record RecordFilter(string Path, string Value);

/// <summary>One column of a dataset.</summary>
/// <param name="Key">Stable, stored in events and in spreadsheets' metadata: <c>invoiceNumber</c>.</param>
/// <param name="Heading">The header cell unless the exporter renames it.</param>
/// <param name="Path">
/// Where the value stands in one record as received (<c>Contact.Name</c>), or what computes it.
/// </param>
/// <param name="IsDefault">Checked for a new exporter.</param>
/// <param name="Note">One sentence for the person who chooses it; null = it speaks for itself.</param>
/// <param name="Words">
/// What is written for a code, as Xero's pages call it; a code without is written as it is. The snapshot keeps codes.
/// </param>
/// <param name="Lookup">Where the value stands, if not in the record; its path is <see cref="ColumnPaths.Lookup"/> then.</param>
/// <param name="Unrated">Of an amount in base currency: what it is where the record has no rate; null = it is no such amount.</param>
public sealed record Column(
    string Key, string Heading, ColumnType Type, string Path, bool IsDefault = true, string? Note = null,
    IReadOnlyDictionary<string, string>? Words = null, Lookup? Lookup = null, UnratedAmount? Unrated = null)
{
    /// <summary>A text of the record of another dataset that this one refers to.</summary>
    public static Column LookedUp(
        string key, string heading, Lookup lookup, bool isDefault = true, string? note = null) =>
        new(key, heading, ColumnType.Text, ColumnPaths.Lookup, isDefault, note, Lookup: lookup) { ForAccountants = true };

    /// <summary>Also among the columns for accountants, beside the ones that are checked for a new exporter.</summary>
    public bool ForAccountants { get; init; }

    /// <summary>ISO 3166: presets have it for organizations of this country only; null = of any.</summary>
    public string? Country { get; init; }

    /// <param name="country">The organization's; null = not known.</param>
    public bool IsIn(ColumnPreset preset, string? country) => (Country is null || Country == country) && preset switch
    {
        ColumnPreset.Essential => IsDefault,
        ColumnPreset.Accountant => IsDefault || ForAccountants,
        _ => true,
    };

    /// <summary>Of a tracking category: where its option stands; null = it is no such column.</summary>
    public TrackedOption? Tracked { get; init; }

    /// <summary>False = it is not read from the record itself.</summary>
    public bool IsOfRecord => Lookup is null && Path != ColumnPaths.Organization;
}

/// <summary>
/// Xero gives some records no rate, also where none is needed: the amount counts then if the record's currency is the organization's
/// base currency.
/// </summary>
/// <param name="Amount">The amount where the record has no rate; else null.</param>
/// <param name="Currency">The record's currency.</param>
public sealed record UnratedAmount(Column Amount, Column Currency);

/// <summary>A text that stands in a record of another dataset of the same organization, which has few records.</summary>
/// <param name="Dataset">Its key.</param>
/// <param name="Column">Key of that dataset's column.</param>
/// <param name="By">
/// How records belong together: pairs of this dataset's column and that one's, both texts; the first pair that finds one counts.
/// Letters' case makes no difference.
/// </param>
public sealed record Lookup(string Dataset, string Column, params (string Here, string There)[] By);

/// <summary>Columns that are chosen with one click.</summary>
public enum ColumnPreset
{
    /// <summary>What a new exporter has.</summary>
    Essential,
    /// <summary>With codes, tax, rates, references and amounts in base currency.</summary>
    Accountant,
    Everything,
}

/// <summary>How a column's values are compared, hashed, formatted and written.</summary>
public enum ColumnType
{
    Text,
    WholeNumber,
    Decimal,
    Money,
    /// <summary>A calendar date, of no time zone.</summary>
    Date,
    /// <summary>A moment, UTC.</summary>
    Instant,
    YesNo,
}

/// <summary>Nulls come first whichever way a column is sorted; text by its UTF-8 bytes.</summary>
public sealed record SortBy(string Column, bool Descending = false);

/// <summary>
/// Keeps the rows whose column's value is among <see cref="In"/> and inside [<see cref="From"/>, <see cref="Below"/>).
/// </summary>
/// <param name="In">Text values; null = any.</param>
/// <param name="NotIn">Text values that are left out; what has no value, or another one, is kept. Null = none.</param>
/// <param name="From">Inclusive, for dates; null = open.</param>
/// <param name="Below">Exclusive, for dates; null = open.</param>
/// <param name="Is">For yes/no; null = both.</param>
public sealed record RowFilter(
    string Column, IReadOnlyList<string>? In = null, DateOnly? From = null, DateOnly? Below = null,
    IReadOnlyList<string>? NotIn = null, bool? Is = null);
