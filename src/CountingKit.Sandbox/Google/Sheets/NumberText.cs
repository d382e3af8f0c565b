using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Formulas;

namespace CountingKit.Sandbox.Google.Sheets;

/// <summary>What a cell shows: a value through its number format. Serial 0 is 1899-12-30.</summary>
internal static class NumberText
{
    public static string Shown(object? value, JsonObject? format)
    {
        if (value is not double number || format?.Object("numberFormat") is not { } shape) return Operators.Text(value);
        var type = shape.Text("type");
        var pattern = shape.Text("pattern") is { Length: > 0 } own ? own : Usual(type);
        return type switch
        {
            "TEXT" => Operators.Text(value),
            "DATE" or "TIME" or "DATE_TIME" => Moment(number, pattern),
            _ => Amount(number, pattern),
        };
    }

    /// <summary>The serial number's instant; null outside what a calendar has.</summary>
    public static DateTime? FromSerial(double serial) => serial is > -600_000 and < 2_900_000
        ? new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds(Math.Round(serial * 86_400))
        : null;

    private static string Usual(string? type) => type switch
    {
        "DATE" => "yyyy-mm-dd",
        "TIME" => "hh:mm:ss",
        "DATE_TIME" => "yyyy-mm-dd hh:mm:ss",
        "PERCENT" => "0.00%",
        "CURRENCY" => "#,##0.00",
        "SCIENTIFIC" => "0.00E+00",
        _ => "General",
    };

    private static string Amount(double number, string pattern)
    {
        if (pattern is "General" or "@") return Operators.Text(number);
        var sections = pattern.Split(';');
        var own = number < 0 && sections.Length > 1 ? sections[1] : number == 0 && sections.Length > 2 ? sections[2]
            : sections[0];
        var shown = number < 0 && sections.Length > 1 ? -number : number;
        return shown.ToString(Colorless(own), CultureInfo.InvariantCulture);
    }

    /// <summary>.NET reads the rest of the pattern the same way.</summary>
    private static string Colorless(string section)
    {
        var plain = section;
        while (plain.IndexOf('[', StringComparison.Ordinal) is >= 0 and var start
            && plain.IndexOf(']', start) is > 0 and var end)
            plain = plain.Remove(start, end - start + 1);
        return plain.Length == 0 ? "\"\"" : plain;
    }

    private static string Moment(double serial, string pattern)
    {
        if (FromSerial(serial) is not { } moment) return Operators.Text(serial);
        var text = new StringBuilder();
        var afterHour = false;
        for (var at = 0; at < pattern.Length;)
        {
            var letter = pattern[at];
            var end = at;
            while (end < pattern.Length && pattern[end] == letter) end++;
            var length = end - at;
            if (letter == '"')
            {
                var close = pattern.IndexOf('"', at + 1);
                if (close < 0) close = pattern.Length - 1;
                text.Append(pattern, at + 1, Math.Max(0, close - at - 1));
                at = close + 1;
                continue;
            }
            var minutes = letter == 'm'
                && (afterHour || pattern.AsSpan(end).TrimStart(":. ").StartsWith("s", StringComparison.Ordinal));
            text.Append(char.ToLowerInvariant(letter) switch
            {
                'y' => moment.ToString(length > 2 ? "yyyy" : "yy", CultureInfo.InvariantCulture),
                'd' => moment.ToString(
                    length == 1 ? "%d" : new string('d', Math.Min(4, length)), CultureInfo.InvariantCulture),
                'm' when minutes => length > 1 ? moment.Minute.ToString("00", CultureInfo.InvariantCulture)
                    : moment.Minute.ToString(CultureInfo.InvariantCulture),
                'm' => moment.ToString(
                    length == 1 ? "%M" : new string('M', Math.Min(4, length)), CultureInfo.InvariantCulture),
                'h' => moment.Hour.ToString(length > 1 ? "00" : "0", CultureInfo.InvariantCulture),
                's' => moment.Second.ToString(length > 1 ? "00" : "0", CultureInfo.InvariantCulture),
                _ => pattern[at..end],
            });
            if (char.IsAsciiLetter(letter)) afterHour = letter is 'h' or 'H';
            at = end;
        }
        return text.ToString();
    }
}
