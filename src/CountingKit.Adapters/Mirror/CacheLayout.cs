using System.Security.Cryptography;
using System.Text;
using CountingKit.Datasets;
using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// The typed columns that are kept beside each segment of a resource: all that its datasets' columns and filters want,
/// equal ones once. Texts are VARCHAR, dates DATE, yes/no BOOLEAN, instants BIGINT (UTC ticks: DuckDB's own have no
/// seventh digit). A number is two decimals, what fits nine places and the rest (usually null): their sum is the exact
/// number, and sorting by both is sorting by it. Beside them stand which columns could not be read (null = none), and how
/// many bytes the texts have.
/// </summary>
internal sealed class CacheLayout
{
    /// <summary>Every integer part of a decimal (29 digits) fits DECIMAL(38,9).</summary>
    private const int Places = 9;

    private readonly Column[] columns;

    public CacheLayout(string resource)
    {
        var datasets = DatasetCatalogue.MadeFrom(resource).ToList();
        columns =
        [
            .. datasets.Where(d => d.RecordFilter is not null).Select(d => FilterColumn(d.RecordFilter!))
                .Concat(datasets.SelectMany(d => d.Columns).Where(c => c.Path != ColumnPaths.Organization))
                .DistinctBy(NameOf),
        ];
        var description = $"{string.Join(' ', datasets.Select(d => d.Version))} {CreateTable("x")}";
        Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description)))[..12];
    }

    /// <summary>Names the datasets' versions and the columns: other ones have another one.</summary>
    public string Version { get; }

    public RecordReader Reader() => new(columns);

    public int Count => columns.Length;

    public static Column FilterColumn(RecordFilter filter) =>
        new(filter.Path, filter.Path, ColumnType.Text, filter.Path);

    /// <summary>The quoted name that a column's values have in the cache.</summary>
    public static string Quoted(Column column) => Sql.Name(NameOf(column));

    /// <summary>For numbers: the quoted name of what does not fit.</summary>
    public static string QuotedRest(Column column) => Sql.Name($"{NameOf(column)} rest");

    public static bool IsNumber(Column column) =>
        column.Type is ColumnType.Money or ColumnType.Decimal or ColumnType.WholeNumber;

    public string CreateTable(string table) =>
        $"CREATE OR REPLACE TEMP TABLE {table} " +
        "(key VARCHAR, ordinal BIGINT, deleted BOOLEAN, hash BLOB, unreadable VARCHAR, width BIGINT" +
        $"{string.Concat(columns.Select(column => $", {Definition(column)}"))})";

    /// <summary>The columns that are marked, as the cache's <c>unreadable</c> holds them.</summary>
    public string Names(ReadOnlySpan<bool> marked)
    {
        var names = new StringBuilder();
        for (var i = 0; i < columns.Length; i++)
            if (marked[i]) names.Append(Marked(columns[i]));
        return names.ToString();
    }

    /// <summary>UTF-8 bytes of all texts.</summary>
    public static long Width(ReadOnlySpan<CellValue> cells)
    {
        long width = 0;
        foreach (var cell in cells)
            if (cell.Kind == CellKind.Text) width += Encoding.UTF8.GetByteCount(cell.AsText);
        return width;
    }

    /// <summary>What stands in <c>unreadable</c> for this column: no part of it stands for another one.</summary>
    public static string Marked(Column column) => $"|{NameOf(column)}|";

    public void Append(IDuckDBAppenderRow row, ReadOnlySpan<CellValue> cells)
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
