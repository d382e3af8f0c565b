using System.Globalization;
using System.Text;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Datasets;
using CountingKit.History;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace CountingKit.Adapters.Files;

/// <summary>
/// One sheet of typed cells under a bold, frozen header. What a cell cannot hold exactly is text, as in Google Sheets: numbers of
/// more than 15 digits, and dates before March 1900, which Excel's calendar has wrong.
/// </summary>
internal static class ExcelRows
{
    private const double Wide = 16;

    private static readonly DateOnly FirstDay = new(1900, 3, 1);

    public static async Task Write(RowsFile file, FileParts parts, CancellationToken ct)
    {
        await using var book = await Spreadsheet.CreateNewAsync(parts, cancellationToken: ct);
        var header = book.AddStyle(new Style { Font = { Bold = true } });
        var styles = file.Columns.Select(column => FormatOf(column.Type) is { } format
            ? book.AddStyle(new Style { Format = NumberFormat.Custom(format) }) : null).ToArray();
        var sheet = new WorksheetOptions { FrozenRows = 1 };
        for (var i = 1; i <= file.Columns.Count; i++) sheet.Column(i).Width = Wide;
        await book.StartWorksheetAsync("Rows", sheet, ct);
        await book.AddRowAsync(file.Columns.Select(column => new StyledCell(Text(column.Heading), header)).ToArray(), ct);
        var cells = new StyledCell[file.Columns.Count];
        await foreach (var row in file.Rows.WithCancellation(ct))
        {
            for (var i = 0; i < cells.Length; i++) cells[i] = Cell(row[i], styles[i]);
            await book.AddRowAsync(cells, ct);
            await parts.SendSome(ct);
        }

        await book.FinishAsync(ct);
    }

    private static string? FormatOf(ColumnType type) => type switch
    {
        ColumnType.Date => "yyyy-mm-dd",
        ColumnType.Instant => "yyyy-mm-dd hh:mm:ss",
        _ => Datasets.NumberFormats.Of(type),
    };

    private static StyledCell Cell(CellValue value, StyleId? style) => value.Kind switch
    {
        CellKind.Null => new(),
        CellKind.Text => new(Text(value.AsText), null),
        CellKind.Number when Cells.SignificantDigits(value.AsNumber) <= Cells.ExactDigits => new(value.AsNumber, style),
        CellKind.Date when value.AsDate >= FirstDay => new(value.AsDate.ToDateTime(default), style),
        CellKind.Instant when DateOnly.FromDateTime(value.AsInstant.UtcDateTime) >= FirstDay =>
            new(value.AsInstant.UtcDateTime, style),
        CellKind.YesNo => new(value.AsYesNo, null),
        _ => new(CsvRows.Plain(value), null),
    };

    /// <summary>
    /// Characters that XML does not hold are written as Excel does (ECMA-376, ST_Xstring: <c>_x0001_</c>), also a line's return,
    /// which XML would lose, and spaces at either end; and so is text that looks like one of these.
    /// </summary>
    private static string Text(string text)
    {
        var plain = true;
        for (var i = 0; i < text.Length && plain; i++) plain = IsPlain(text, i);
        if (plain) return text;

        var written = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
            if (IsPlain(text, i)) written.Append(text[i]);
            else if (char.IsSurrogate(text[i])) written.Append('\uFFFD');
            else written.Append(CultureInfo.InvariantCulture, $"_x{(int)text[i]:X4}_");
        return written.ToString();
    }

    private static bool IsPlain(string text, int at) => text[at] switch
    {
        '_' => !IsEscape(text.AsSpan(at)),
        ' ' or '\t' or '\n' => at > 0 && at < text.Length - 1,
        < ' ' or '\uFFFE' or '\uFFFF' => false,
        var high when char.IsHighSurrogate(high) => at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]),
        var low when char.IsLowSurrogate(low) => at > 0 && char.IsHighSurrogate(text[at - 1]),
        _ => true,
    };

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text is ['_', 'x', var a, var b, var c, var d, '_', ..]
        && char.IsAsciiHexDigit(a) && char.IsAsciiHexDigit(b) && char.IsAsciiHexDigit(c) && char.IsAsciiHexDigit(d);
}
