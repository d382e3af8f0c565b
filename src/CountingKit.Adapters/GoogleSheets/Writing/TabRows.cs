using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CountingKit.Datasets;
using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;
using Newtonsoft.Json;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// The rows of a write as Google takes them, header first, weighed while they are made. What one request may carry is kept;
/// more than that is made anew whenever it is read, so that memory does not grow with it.
/// </summary>
/// <param name="Together">All of them; null = more than one request may carry.</param>
/// <param name="Count">With the header.</param>
/// <param name="Bytes">As JSON, in the form in which they are sent.</param>
/// <param name="Widest">Characters of the longest text per column.</param>
internal sealed record TabRows(
    WriteRequest Request, ColumnLayout Layout, IReadOnlyList<RowData>? Together, int Count, long Bytes, IReadOnlyList<int> Widest,
    IReadOnlyList<WriteWarning> Warnings)
{
    /// <summary>What is enough where the tab holds the former rows; null = nobody knows what it holds, or it is not worth while.</summary>
    public TabPatch? Patch { get; init; }

    /// <summary>What Google recommends for one request.</summary>
    public const long MostBytes = 2 * 1024 * 1024;

    /// <exception cref="SpreadsheetException">A text is too long, or these are not the rows announced.</exception>
    public static async Task<TabRows> Make(WriteRequest request, ColumnLayout layout, CancellationToken ct)
    {
        var making = new Making(request, layout);
        making.Keep(Header(layout));
        await foreach (var row in request.Rows(ct).WithCancellation(ct)) making.Add(row);
        return making.Finish();
    }

    public async IAsyncEnumerable<RowData> Read([EnumeratorCancellation] CancellationToken ct)
    {
        if (Together is not null)
        {
            foreach (var row in Together) yield return row;
            yield break;
        }

        yield return Header(Layout);
        await foreach (var values in Request.Rows(ct).WithCancellation(ct)) yield return Row(Layout, values);
    }

    /// <summary>Some of them, in their order.</summary>
    /// <param name="places">Rising: 0 is the header.</param>
    public async Task<IReadOnlyList<RowData>> At(IReadOnlyList<int> places, CancellationToken ct)
    {
        if (Together is not null) return [.. places.Select(place => Together[place])];
        List<RowData> rows = [];
        var at = 0;
        await foreach (var row in Read(ct).WithCancellation(ct))
        {
            if (at++ == places[rows.Count]) rows.Add(row);
            if (rows.Count == places.Count) break;
        }
        return rows;
    }

    private static RowData Header(ColumnLayout layout) =>
        new() { Values = [.. layout.Headings.Select(heading => Cells.Data(CellValue.Text(heading)))] };

    private static RowData Row(ColumnLayout layout, CellValue[] values)
    {
        var cells = new CellData[layout.Count];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = layout.Columns[i].Source is { } source ? Cells.Data(values[source]) : new();
        return new() { Values = cells };
    }

    private sealed class Making(WriteRequest request, ColumnLayout layout)
    {
        private const int LongestName = 100;
        private static readonly JsonSerializerSettings Json = GoogleClients.JsonSettings();
        private readonly int[] widest = new int[layout.Count];
        private TabPatch.Making? patch = request.Former is { } former ? new(former) : null;
        private List<RowData>? together = [];
        private int count;
        private long bytes;
        private long stagedBytes;
        private long longNumbers;
        private string? firstLong;

        public void Add(CellValue[] values)
        {
            for (var i = 0; i < layout.Count; i++)
                if (layout.Columns[i].Source is { } source) Check(values[source], i, values);
            Keep(Row(layout, values));
        }

        public void Keep(RowData row)
        {
            // The header stands there already.
            if (count > 0 && patch?.IsSent(count - 1) == true && !patch.Add(count - 1, row, Weigh(row))) patch = null;
            count++;
            stagedBytes += StagedRows.Weigh(row);
            if (together is null) return;
            together.Add(row);
            bytes += Weigh(row);
            if (bytes > MostBytes) together = null;
        }

        private static long Weigh(RowData row) => Encoding.UTF8.GetByteCount(JsonConvert.SerializeObject(row, Json)) + 1;

        public TabRows Finish()
        {
            if (count - 1 != request.RowCount)
                throw Refused(SheetCodes.RowsChanged,
                    $"{Count(request.RowCount)} rows were expected, {Count(count - 1)} came. Nothing was written.");
            var rows = new TabRows(
                request, layout, together, count, together is null ? stagedBytes : bytes, widest, longNumbers == 0 ? [] :
                [
                    new(SheetCodes.LongNumbers.Code,
                        $"{Count(longNumbers)} numbers have more than {Cells.ExactDigits} digits and are rounded in the sheet; "
                        + $"the first is in {firstLong}. {SheetCodes.LongNumbers.Advice}", IsOfRows: true),
                ]);
            return rows with { Patch = patch?.Finish() is { } made && made.Pays(rows) ? made : null };
        }

        private void Check(CellValue value, int column, CellValue[] row)
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
        }

        /// <summary>By what people can look up: in the sheet there is no such row yet.</summary>
        private string Place(int column, CellValue[] row) =>
            $"{Name(request.NameColumn, row) ?? Name(request.KeyColumn, row) ?? $"record {Count(count)}"}, "
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
