using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Rows as plain values, a quarter of the bytes: in parts that one request may carry each.</summary>
internal static class StagedRows
{
    /// <summary>Whole rows, at least one: as many as come to no more than <see cref="TabRows.MostBytes"/>.</summary>
    public static async IAsyncEnumerable<(int First, IList<IList<object?>> Values)> Parts(
        TabRows rows, [EnumeratorCancellation] CancellationToken ct)
    {
        List<IList<object?>> part = [];
        var (first, bytes) = (0, 0L);
        await foreach (var row in rows.Read(ct).WithCancellation(ct))
        {
            var weight = Weigh(row);
            if (part.Count > 0 && bytes + weight > TabRows.MostBytes)
            {
                yield return (first, part);
                (first, bytes, part) = (first + part.Count, 0, []);
            }
            part.Add([.. row.Values.Select(Value)]);
            bytes += weight;
        }
        if (part.Count > 0) yield return (first, part);
    }

    /// <summary>Bytes of a row as JSON, with the comma behind it.</summary>
    public static long Weigh(RowData row) => 2L + row.Values.Sum(cell => 1L + cell.UserEnteredValue switch
    {
        { StringValue: { } text } => 2L + Encoding.UTF8.GetByteCount(text) + Escapes(text),
        { NumberValue: { } number } => number.ToString("R", CultureInfo.InvariantCulture).Length,
        { BoolValue: { } yes } => yes ? 4 : 5,
        _ => 4,
    });

    /// <summary>Null leaves a cell as it is: blank, in a tab that is new.</summary>
    private static object? Value(CellData cell) => cell.UserEnteredValue switch
    {
        { StringValue: { } text } => text,
        { NumberValue: { } number } => number,
        { BoolValue: { } yes } => yes,
        _ => null,
    };

    private static long Escapes(string text)
    {
        var more = 0L;
        foreach (var c in text)
            more += c switch
            {
                '"' or '\\' or '\n' or '\r' or '\t' => 1,
                < ' ' => 5,
                _ => 0,
            };
        return more;
    }
}
