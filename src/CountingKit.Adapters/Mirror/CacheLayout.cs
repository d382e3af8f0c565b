using System.Security.Cryptography;
using System.Text;
using CountingKit.Datasets;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// The typed columns of a dataset that are kept beside each segment of its resource: all that its columns and filter want,
/// equal ones once. Texts are VARCHAR, dates DATE, yes/no BOOLEAN, instants BIGINT (UTC ticks: DuckDB's own have no
/// seventh digit). A number is two decimals, what fits nine places and the rest (usually null): their sum is the exact
/// number, and sorting by both is sorting by it. Beside them stand which columns could not be read (null = none), and how
/// many bytes the texts have. What the dataset leaves out, and deleted records, have no row; place 0 stands for the rows of
/// a list that can't be read.
/// </summary>
internal sealed class CacheLayout : SegmentTable
{
    /// <summary>Every integer part of a decimal (29 digits) fits DECIMAL(38,9).</summary>
    private const int Places = 9;

    private readonly Dataset dataset;
    private readonly Column[] columns;

    public CacheLayout(Dataset dataset)
    {
        this.dataset = dataset;
        columns =
        [
            .. new[] { dataset.RecordFilter }.OfType<RecordFilter>().Select(FilterColumn)
                .Concat(dataset.Columns.Where(column => column.IsOfRecord).SelectMany(WithUnrated))
                .Concat(dataset.Tracking is { } list ? TrackingColumn.PlacesIn(list).SelectMany(Both) : []).DistinctBy(NameOf),
        ];
        var description = $"{dataset.Key} {dataset.Version} {dataset.List} {dataset.RecordFilter?.Value} {CreateTable("x")}";
        Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description)))[..12];
    }

    /// <summary>Names the dataset, its version and its columns: other ones have another one.</summary>
    public override string Version { get; }

    protected override string Columns =>
        "key VARCHAR, ordinal BIGINT, place INTEGER, unreadable VARCHAR, width BIGINT"
        + string.Concat(columns.Select(column => $", {Definition(column)}"));

    public override IEnumerable<long> Append(IEnumerable<RecordVersion> versions, Func<IDuckDBAppenderRow> next)
    {
        var reader = dataset.Reader(columns);
        var cells = new CellValue[columns.Length];
        var unreadable = new bool[columns.Length];
        long ordinal = -1;
        foreach (var version in versions)
        {
            ordinal++;
            if (version.IsDeleted) continue;
            reader.Open(version.Key, version.Json);
            while (reader.Next(cells, unreadable, out var isWhole) && !IsLeftOut(cells[0], unreadable[0]))
            {
                var width = Width(cells);
                var row = next().AppendValue(version.Key).AppendValue((long?)ordinal).AppendValue((int?)reader.Place);
                row = isWhole ? row.AppendNullValue() : row.AppendValue(Names(unreadable));
                row = row.AppendValue((long?)width);
                Append(row, cells);
                row.EndRow();
                yield return width + (columns.Length * RankedRows.BytesOfCell);
            }
        }
    }

    /// <param name="value">Of the first column, which is the filter's where there is one.</param>
    private bool IsLeftOut(CellValue value, bool isUnreadable) => dataset.RecordFilter is { } only && !isUnreadable
        && !(value.Kind == CellKind.Text && value.AsText == only.Value);

    public static Column FilterColumn(RecordFilter filter) =>
        new(filter.Path, filter.Path, ColumnType.Text, filter.Path);

    private static IEnumerable<Column> WithUnrated(Column column) =>
        column.Unrated is { } unrated ? [column, unrated.Amount, unrated.Currency] : [column];

    private static IEnumerable<Column> Both((Column Category, Column Option) place) => [place.Category, place.Option];

    /// <summary>What stands in the cache for a column: itself, or what its value is made from.</summary>
    public static IEnumerable<Column> PartsOf(Column column) => column.Tracked is { } tracked ? tracked.Places.SelectMany(Both) : [column];

    /// <summary>The quoted name that a column's values have in the cache.</summary>
    public static string Quoted(Column column) => Sql.Name(NameOf(column));

    /// <summary>For numbers: the quoted name of what does not fit.</summary>
    public static string QuotedRest(Column column) => Sql.Name($"{NameOf(column)} rest");

    public static bool IsNumber(Column column) =>
        column.Type is ColumnType.Money or ColumnType.Decimal or ColumnType.WholeNumber;

    /// <summary>The columns that are marked, as the cache's <c>unreadable</c> holds them.</summary>
    private string Names(ReadOnlySpan<bool> marked)
    {
        var names = new StringBuilder();
        for (var i = 0; i < columns.Length; i++)
            if (marked[i]) names.Append(Marked(columns[i]));
        return names.ToString();
    }

    /// <summary>UTF-8 bytes of all texts.</summary>
    private static long Width(ReadOnlySpan<CellValue> cells)
    {
        long width = 0;
        foreach (var cell in cells)
            if (cell.Kind == CellKind.Text) width += Encoding.UTF8.GetByteCount(cell.AsText);
        return width;
    }

    /// <summary>What stands in <c>unreadable</c> for this column: no part of it stands for another one.</summary>
    public static string Marked(Column column) => $"|{NameOf(column)}|";

    private void Append(IDuckDBAppenderRow row, ReadOnlySpan<CellValue> cells)
    {
        for (var i = 0; i < columns.Length; i++) Append(row, columns[i], cells[i]);
    }

    private static string NameOf(Column column) => $"{column.Path} {column.Type}";

    private static string Definition(Column column) => column.Type switch
    {
        ColumnType.Text => $"{Quoted(column)} VARCHAR",
        ColumnType.Date => $"{Quoted(column)} DATE",
        ColumnType.Instant => $"{Quoted(column)} BIGINT",
        ColumnType.YesNo => $"{Quoted(column)} BOOLEAN",
        _ => $"{Quoted(column)} DECIMAL(38,{Places}), {QuotedRest(column)} DECIMAL(38,28)",
    };

    private static void Append(IDuckDBAppenderRow row, Column column, CellValue cell)
    {
        if (IsNumber(column))
        {
            AppendNumber(row, cell);
            return;
        }

        switch (cell.Kind)
        {
            case CellKind.Text: row.AppendValue(cell.AsText); break;
            case CellKind.Date: row.AppendValue((DateOnly?)cell.AsDate); break;
            case CellKind.Instant: row.AppendValue((long?)cell.AsInstant.UtcTicks); break;
            case CellKind.YesNo: row.AppendValue((bool?)cell.AsYesNo); break;
            default: row.AppendNullValue(); break;
        }
    }

    private static void AppendNumber(IDuckDBAppenderRow row, CellValue cell)
    {
        if (cell.IsNull)
        {
            row.AppendNullValue();
            row.AppendNullValue();
            return;
        }

        var whole = Math.Round(cell.AsNumber, Places, MidpointRounding.ToZero);
        row.AppendValue((decimal?)whole);
        if (whole == cell.AsNumber) row.AppendNullValue();
        else row.AppendValue((decimal?)(cell.AsNumber - whole));
    }
}
