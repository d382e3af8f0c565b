using System.Globalization;
using System.Text;
using CountingKit.Datasets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Typed values as a sheet holds them. Text is always text: nothing here makes a formula.</summary>
internal static class Cells
{
    /// <summary>Characters that Google takes in a cell.</summary>
    public const int LongestText = 50_000;

    /// <summary>A cell's number is an IEEE double: it holds 15 digits exactly.</summary>
    public const int ExactDigits = 15;

    private static readonly int SerialZero = new DateOnly(1899, 12, 30).DayNumber;

    /// <summary>Null = a blank cell.</summary>
    public static ExtendedValue? Value(CellValue value) => value.Kind switch
    {
        CellKind.Null => null,
        CellKind.Text => new() { StringValue = Text(value.AsText) },
        CellKind.Number => new() { NumberValue = Number(value.AsNumber) },
        CellKind.Date => new() { NumberValue = value.AsDate.DayNumber - SerialZero },
        CellKind.Instant => new() { NumberValue = Serial(value.AsInstant) },
        CellKind.YesNo => new() { BoolValue = value.AsYesNo },
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    public static CellData Data(CellValue value) => new() { UserEnteredValue = Value(value) };

    /// <summary>Digits that count, without zeros at either end.</summary>
    public static int SignificantDigits(decimal number)
    {
        var digits = Math.Abs(number).ToString(CultureInfo.InvariantCulture);
        return digits.Replace(".", "", StringComparison.Ordinal).Trim('0').Length;
    }

    /// <summary>The double nearest to what the decimal prints; a cast rounds on its own way there.</summary>
    private static double Number(decimal number) =>
        double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Days since 30 December 1899, UTC.</summary>
    private static double Serial(DateTimeOffset instant) =>
        (double)(instant.UtcTicks - (SerialZero * TimeSpan.TicksPerDay)) / TimeSpan.TicksPerDay;

    /// <summary>Half a character (a lone surrogate) has no UTF-8: U+FFFD is sent, and known when read back.</summary>
    private static string Text(string text)
    {
        foreach (var c in text)
            if (char.IsSurrogate(c)) return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return text;
    }
}
