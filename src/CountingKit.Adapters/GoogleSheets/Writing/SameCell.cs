using System.Globalization;
using System.Numerics;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Compares what was sent with what is read back: value and type.</summary>
internal static class SameCell
{
    public static bool Rows(IEnumerable<RowData> expected, IList<IList<object>>? actual)
    {
        var row = 0;
        return expected.All(cells => Row(cells, actual is not null && row < actual.Count ? actual[row++] : []));
    }

    /// <summary>Blank cells at the end of a row are left out of an answer.</summary>
    public static bool Row(RowData expected, IList<object> actual)
    {
        for (var i = 0; i < Math.Max(expected.Values.Count, actual.Count); i++)
            if (!Cell(i < expected.Values.Count ? expected.Values[i].UserEnteredValue : null,
                i < actual.Count ? actual[i] : null)) return false;
        return true;
    }

    public static bool Cell(ExtendedValue? expected, object? actual) => expected switch
    {
        null => actual is null or "",
        { NumberValue: { } number } => actual switch
        {
            long whole => whole == number,
            double real => real.Equals(number),
            BigInteger big => double.Parse(big.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
                .Equals(number),
            _ => false,
        },
        { StringValue: { } text } => actual is string read && WithoutReturns(read) == WithoutReturns(text),
        { BoolValue: { } yes } => actual is bool read && read == yes,
        _ => false,
    };

    /// <summary>A sheet may keep a line break as one character where two were sent.</summary>
    private static string WithoutReturns(string text) => text.Replace("\r", "", StringComparison.Ordinal);
}
