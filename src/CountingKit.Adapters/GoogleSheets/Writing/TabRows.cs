using System.Globalization;
using System.Text;
using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Newtonsoft.Json;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>The rows of a write as Google takes them, header first, weighed while they are made.</summary>
/// <param name="Widest">Characters of the longest text per column.</param>
internal sealed record TabRows(
    IReadOnlyList<RowData> Rows, long Bytes, IReadOnlyList<int> Widest, IReadOnlyList<WriteWarning> Warnings)
{
    /// <summary>What Google recommends for one request.</summary>
    public const long MostBytes = 2 * 1024 * 1024;

    /// <exception cref="SpreadsheetException">Too much, a text too long, or not the rows announced.</exception>
    public static async Task<TabRows> Make(WriteRequest request, ColumnLayout layout, CancellationToken ct)
    {
        var making = new Making(request, layout);
        making.Header();
        await foreach (var row in request.Rows(ct).WithCancellation(ct)) making.Add(row);
        return making.Finish();
    }

    private sealed class Making(WriteRequest request, ColumnLayout layout)
    {
        private const int LongestName = 100;
        private static readonly JsonSerializerSettings Json = GoogleClients.JsonSettings();
        private readonly List<RowData> rows = [];
        private readonly int[] widest = new int[layout.Count];
        private long bytes;
        private long longNumbers;
        private string? firstLong;

        public void Header()
        {
            var cells = layout.Headings.Select(h => Cells.Data(CellValue.Text(h)));
            Keep(new() { Values = [.. cells] });
        }

        public void Add(CellValue[] values)
        {
            var cells = new CellData[layout.Count];
            for (var i = 0; i < layout.Count; i++)
                cells[i] = layout.Columns[i].Source is { } source ? Cell(values[source], i, values) : new();
            Keep(new() { Values = cells });
        }

        public TabRows Finish()
        {
            if (rows.Count - 1 != request.RowCount)
                throw Refused(SheetCodes.RowsChanged,
                    $"{Count(request.RowCount)} rows were expected, {Count(rows.Count - 1)} came. Nothing was written.");
            return new(rows, bytes, widest, longNumbers == 0 ? [] : [new(SheetCodes.LongNumbers.Code,
                $"{Count(longNumbers)} numbers have more than {Cells.ExactDigits} digits and are rounded in the sheet; "
                + $"the first is in {firstLong}. {SheetCodes.LongNumbers.Advice}", IsOfRows: true)]);
        }

        private CellData Cell(CellValue value, int column, CellValue[] row)
        {
            if (value.Kind == CellKind.Text)
            {
                var length = value.AsText.Length;
                if (length > Cells.LongestText)
                    throw Refused(SheetCodes.TextTooLong,
                        $"{Place(column, row)} holds a text of {Count(length)} characters; a cell takes "
                        + $"{Count(Cells.LongestText)}. Nothing was written. {SheetCodes.TextTooLong.Advice}");
                widest[column] = Math.Max(widest[column], length);
            }
            else if (value.Kind == CellKind.Number && Cells.SignificantDigits(value.AsNumber) > Cells.ExactDigits)
            {
                longNumbers++;
                firstLong ??= Place(column, row);
            }
            return Cells.Data(value);
        }

        private void Keep(RowData row)
        {
            rows.Add(row);
            bytes += Encoding.UTF8.GetByteCount(JsonConvert.SerializeObject(row, Json)) + 1;
            if (bytes > MostBytes) throw TooLarge();
        }

        private SpreadsheetException TooLarge()
        {
            var total = bytes / rows.Count * Math.Max(request.RowCount + 1, rows.Count);
            return Refused(SheetCodes.TooLarge,
                $"{Count(request.RowCount)} rows × {Count(layout.Count)} columns come to about {Count(total)} bytes. "
                + $"One atomic step may carry {Count(MostBytes)} bytes: about {Count(rows.Count - 2)} rows of this "
                + $"width. Nothing was written. {SheetCodes.TooLarge.Advice}");
        }

        /// <summary>By what people can look up: in the sheet there is no such row yet.</summary>
        private string Place(int column, CellValue[] row) =>
            $"{Name(request.NameColumn, row) ?? Name(request.KeyColumn, row) ?? $"record {Count(rows.Count)}"}, "
            + $"column {layout.Columns[column].Heading}";

        private string? Name(string? key, CellValue[] row)
        {
            for (var i = 0; i < request.Columns.Count; i++)
                if (request.Columns[i].Key == key && row[i] is { Kind: CellKind.Text, AsText.Length: > 0 and <= LongestName } name)
                    return $"{request.Columns[i].Heading} {name.AsText}";
            return null;
        }

        private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

        private static SpreadsheetException Refused(ErrorCode code, string message) =>
            new(SpreadsheetProblem.Refused, code.Code, message);
    }
}
