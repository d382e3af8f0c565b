using CountingKit.Datasets;

namespace CountingKit.Tests.Datasets;

/// <summary>Something else in a field's place, and what it is to a column of each type; null = that can't be read as one.</summary>
/// <param name="Json">Null = the field is missing.</param>
internal sealed record Oddity(
    string? Json, CellValue? Text = null, CellValue? Number = null, CellValue? Date = null, CellValue? Instant = null,
    CellValue? YesNo = null)
{
    public static IReadOnlyList<Oddity> All { get; } =
    [
        NoValue(null), NoValue("null"), NoValue("\"\""),
        new("{}"), new("""{"a":1}"""), new("[]"), new("""[["a"]]"""),
        Words("=1+1 <b>Щ</b>"), Words("1,000.00"), Words("30 Apr 2019"), Words("yes"),
        new("17", CellValue.Text("17"), CellValue.Number(17)),
        new("\" -0.50\"", CellValue.Text(" -0.50"), CellValue.Number(-0.5m)),
        new("true", CellValue.Text("true"), YesNo: CellValue.YesNo(true)),
        new("\"FALSE\"", CellValue.Text("FALSE"), YesNo: CellValue.YesNo(false)),
        Time("/Date(1420081200000-0500)/", new(2014, 12, 31), new(2015, 1, 1, 3, 0, 0, TimeSpan.Zero)),
        Time("2018-10-20T00:00:00+13:00", new(2018, 10, 20), new(2018, 10, 19, 11, 0, 0, TimeSpan.Zero)),
        Time("/Date(-86400000+0000)/", new(1969, 12, 31), new(1969, 12, 31, 0, 0, 0, TimeSpan.Zero)),
        new("\"/Date(0)/\"", CellValue.Text("/Date(0)/"), Date: CellValue.Null, Instant: CellValue.Null),
    ];

    public bool IsNoValue => Json is null or "null" or "\"\"";

    public bool IsList => Json?[0] == '[';

    public bool IsObject => Json?[0] == '{';

    /// <returns>Null = it can't be read as one.</returns>
    public CellValue? As(ColumnType type) => type switch
    {
        ColumnType.Text => Text,
        ColumnType.Date => Date,
        ColumnType.Instant => Instant,
        ColumnType.YesNo => YesNo,
        _ => Number,
    };

    private static Oddity NoValue(string? json) =>
        new(json, CellValue.Null, CellValue.Null, CellValue.Null, CellValue.Null, CellValue.Null);

    private static Oddity Words(string text) => new($"\"{text}\"", CellValue.Text(text));

    private static Oddity Time(string text, DateOnly day, DateTimeOffset moment) =>
        new($"\"{text}\"", CellValue.Text(text), Date: CellValue.Date(day), Instant: CellValue.Instant(moment));
}
