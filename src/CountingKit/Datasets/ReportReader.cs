namespace CountingKit.Datasets;

/// <summary>Reads the lines of one period's report (Xero Accounting API, ReportWithRows) into typed cells.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A line is an element of <c>Rows</c>, at any depth, with a cell that holds something. Header rows are none.</item>
/// <item>Its section is the title of the list that it stands in. Titles around that one, and a section that is only a title and
/// stands before it, are its parent section; a section without a title, which holds the total of those before, ends that.</item>
/// <item>It is a total where the report says so (SummaryRow), or where it stands in no titled section and is no account's.</item>
/// <item>Its key is the period, its section, and its account or, where it is none's, its label; those that are equal are counted
/// from 2 on. So an account that is renamed keeps its rows; a line without an account, or in a section, that is renamed is
/// another row from then on.</item>
/// <item>Every value is a text: a number without separators, or a percentage, which only a decimal column takes, as the number
/// before its sign. Xero gives ratios with all the digits there are: a decimal column has six places of them.</item>
/// </list>
/// </remarks>
public sealed class ReportReader : IRowReader
{
    /// <summary>Of a ratio: with more of them, few would fit into a sheet's cell.</summary>
    public const int Places = 6;

    private readonly ReportField[] fields;
    private readonly ReportLines lines = new();
    private ReportPeriod period;
    private bool isReadable;
    private bool isOver;

    /// <exception cref="ArgumentException">A column's path is none of a report's.</exception>
    public ReportReader(IReadOnlyList<Column> columns) => fields = [.. columns.Select(ReportField.Parse)];

    public int Place { get; private set; }

    public void Open(string key, ReadOnlyMemory<byte> json)
    {
        (period, Place, isOver) = (ReportPeriod.Parse(key), 0, false);
        isReadable = lines.TryRead(json.Span, key);
    }

    public bool Next(Span<CellValue> cells, Span<bool> unreadable, out bool isWhole)
    {
        isWhole = true;
        if (isOver || (isReadable && Place == lines.All.Count)) return false;
        isOver = !isReadable;
        var line = isReadable ? lines.All[Place++] : null;
        for (var i = 0; i < fields.Length; i++)
        {
            unreadable[i] = fields[i].Read(line, period, Place, out cells[i]) == Reading.Unreadable;
            isWhole &= !unreadable[i];
        }

        return true;
    }
}

/// <summary>What a column holds of a line.</summary>
internal sealed record ReportField(string Name, ColumnType Type, int Cell)
{
    private const string CellBefore = "Rows[].Cells[";
    private const string CellAfter = "].Value";

    private static readonly string[] Names =
    [
        ColumnPaths.Place, "=period", "=from", "=to", "=section(Rows[])", "=parent(Rows[])", "=account(Rows[])", "=total(Rows[])",
        "=unit(Rows[])", "=line(Rows[])",
    ];

    /// <exception cref="ArgumentException">The column's path is none of a report's.</exception>
    public static ReportField Parse(Column column)
    {
        if (!column.IsOfRecord) return new("", column.Type, 0);
        if (column.Path.StartsWith(CellBefore, StringComparison.Ordinal)
            && column.Path.EndsWith(CellAfter, StringComparison.Ordinal)
            && int.TryParse(column.Path[CellBefore.Length..^CellAfter.Length], out var cell) && cell >= 0)
            return new(CellBefore, column.Type, cell);
        return Names.Contains(column.Path) ? new(column.Path, column.Type, 0)
            : throw new ArgumentException($"{column.Key}: {column.Path} is not a path of a report.");
    }

    /// <param name="line">Null = none can be read.</param>
    public Reading Read(ReportLine? line, ReportPeriod period, int place, out CellValue cell)
    {
        cell = Name switch
        {
            ColumnPaths.Place => CellValue.Number(place),
            "=period" => CellValue.Text(period.Label),
            "=from" => period.From is { } from ? CellValue.Date(from) : CellValue.Null,
            "=to" => CellValue.Date(period.To),
            _ => CellValue.Null,
        };
        if (!cell.IsNull || Name is "" or "=from") return Reading.Told;
        if (line is null || line.IsOdd) return OfOdd(line, out cell);
        if (Name == CellBefore) return line.Read(Cell, Type, out cell);
        cell = Name switch
        {
            "=section(Rows[])" => CellValue.Text(line.Section),
            "=parent(Rows[])" => CellValue.Text(line.Parent),
            "=account(Rows[])" => CellValue.Text(line.AccountId),
            "=total(Rows[])" => CellValue.YesNo(line.IsTotal),
            "=unit(Rows[])" => line.HasPercentage ? CellValue.Text("%") : CellValue.Null,
            _ => CellValue.Text(line.Key),
        };
        return Name == "=account(Rows[])" && line.HasOddAccount ? Reading.Unreadable : Reading.Told;
    }

    /// <summary>What stands in a line's place bears a key all the same, and its section is known.</summary>
    private Reading OfOdd(ReportLine? line, out CellValue cell)
    {
        cell = line is null ? CellValue.Null : Name switch
        {
            "=section(Rows[])" => CellValue.Text(line.Section),
            "=parent(Rows[])" => CellValue.Text(line.Parent),
            "=line(Rows[])" => CellValue.Text(line.Key),
            _ => CellValue.Null,
        };
        return cell.IsNull && Name is not ("=section(Rows[])" or "=parent(Rows[])") ? Reading.Unreadable : Reading.Told;
    }
}
