using System.Globalization;
using System.Text;
using CountingKit.Datasets;
using CountingKit.History;
using CsvHelper;
using CsvHelper.Configuration;

namespace CountingKit.Adapters.Files;

/// <summary>
/// RFC 4180, UTF-8. Numbers have a point and no grouping, dates are <c>yyyy-MM-dd</c>, moments <c>yyyy-MM-ddTHH:mm:ssZ</c>, yes
/// and no <c>TRUE</c> and <c>FALSE</c>: whoever reads it reads the same, wherever they are.
/// </summary>
internal static class CsvRows
{
    private const string Quoted = "\",\r\n";

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        ShouldQuote = field => field.Field is { Length: > 0 } text
            && (text.AsSpan().ContainsAny(Quoted) || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])),
    };

    public static async Task Write(RowsFile file, FileChoices choices, FileParts parts, CancellationToken ct)
    {
        await using var text = new StreamWriter(
            parts, new UTF8Encoding(encoderShouldEmitUTF8Identifier: choices.HasMark), leaveOpen: true);
        await using var csv = new CsvWriter(text, Format, leaveOpen: true);
        foreach (var column in file.Columns) csv.WriteField(Text(column.Heading, choices));
        await csv.NextRecordAsync();
        await foreach (var row in file.Rows.WithCancellation(ct))
        {
            foreach (var cell in row) csv.WriteField(Value(cell, choices));
            await csv.NextRecordAsync();
            await parts.SendSome(ct);
        }

        await csv.FlushAsync();
        await text.FlushAsync(ct);
    }

    private static string Value(CellValue cell, FileChoices choices) => cell.Kind switch
    {
        CellKind.Null => "",
        CellKind.Text => Text(cell.AsText, choices),
        _ => Plain(cell),
    };

    /// <summary>A value that is no text, the same everywhere.</summary>
    internal static string Plain(CellValue cell) => cell.Kind switch
    {
        CellKind.Number => Number(cell.AsNumber),
        CellKind.Date => cell.AsDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CellKind.Instant => cell.AsInstant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        CellKind.YesNo => cell.AsYesNo ? "TRUE" : "FALSE",
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    };

    /// <summary>Without zeros at the end: a snapshot knows none.</summary>
    private static string Number(decimal number) => number == 0
        ? "0"
        : number.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string Text(string text, FileChoices choices) => choices.IsDefused && LooksLikeAFormula(text) ? $"'{text}" : text;

    /// <summary>What spreadsheet programs begin a formula with, in either width, and what they skip before it.</summary>
    private static bool LooksLikeAFormula(string text) => text is
        ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..];
}
