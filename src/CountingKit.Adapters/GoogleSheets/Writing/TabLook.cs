using CountingKit.Datasets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>How our tabs look when they are made. Later that is the person's: a refresh resets no format.</summary>
internal static class TabLook
{
    private static readonly ColorStyle HeaderFill = Color(0.91f, 0.95f, 0.98f);

    public static ColorStyle TabColor { get; } = Color(0.13f, 0.42f, 0.65f);

    public static CellFormat Header { get; } = new()
    {
        TextFormat = new() { Bold = true }, BackgroundColorStyle = HeaderFill,
        VerticalAlignment = "MIDDLE", WrapStrategy = "CLIP",
    };

    /// <summary>ISO dates, since a locale's own are ambiguous; codes as text: typing keeps their zeros.</summary>
    public static CellFormat Body(ColumnType type) => type switch
    {
        ColumnType.Text => new() { NumberFormat = new() { Type = "TEXT", Pattern = "@" }, WrapStrategy = "CLIP" },
        ColumnType.WholeNumber or ColumnType.Decimal or ColumnType.Money => Number(NumberFormats.Of(type)!),
        ColumnType.Date => new() { NumberFormat = new() { Type = "DATE", Pattern = "yyyy-mm-dd" } },
        ColumnType.Instant => new() { NumberFormat = new() { Type = "DATE_TIME", Pattern = "yyyy-mm-dd hh:mm:ss" } },
        ColumnType.YesNo => new() { HorizontalAlignment = "CENTER" },
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>In pixels: what the type needs, but room for the heading.</summary>
    /// <param name="longest">Characters of the longest text in the column.</param>
    public static int Width(ColumnType type, string heading, int longest)
    {
        var needed = type switch
        {
            ColumnType.Text => (Math.Min(longest, 40) * 7) + 20,
            ColumnType.Date => 100,
            ColumnType.Instant => 150,
            ColumnType.YesNo => 70,
            _ => 110,
        };
        return Math.Clamp(Math.Max(needed, (heading.Length * 8) + 20), 70, 320);
    }

    private static ColorStyle Color(float red, float green, float blue) =>
        new() { RgbColor = new() { Red = red, Green = green, Blue = blue } };

    private static CellFormat Number(string pattern) =>
        new() { NumberFormat = new() { Type = "NUMBER", Pattern = pattern }, HorizontalAlignment = "RIGHT" };
}
