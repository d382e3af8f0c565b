using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CountingKit.Sandbox.Google.Sheets;

/// <summary>
/// What typing a text into a cell does (<c>USER_ENTERED</c>): formulas run, numbers, percentages, dates and TRUE are guessed,
/// leading zeros are lost.
/// </summary>
internal static partial class TypedInput
{
    private static readonly string[] Dates = ["yyyy-M-d", "M/d/yyyy", "d MMM yyyy", "MMM d, yyyy", "yyyy/M/d"];
    private static readonly string[] Moments = ["yyyy-M-d H:m", "yyyy-M-d H:m:s", "M/d/yyyy H:m", "M/d/yyyy H:m:s"];

    /// <returns>The value, and the number format that the guess puts on the cell, if any.</returns>
    public static (object? Value, JsonObject? NumberFormat) Read(string text)
    {
        CellValues.Fitting(text);
        if (text.Length == 0) return (null, null);
        if (text[0] == '\'') return (text[1..], null);
        if (text[0] == '=' && text.Length > 1) return (new Formula(text), null);
        var trimmed = text.Trim();
        if (trimmed.Equals("TRUE", StringComparison.OrdinalIgnoreCase)) return (true, null);
        if (trimmed.Equals("FALSE", StringComparison.OrdinalIgnoreCase)) return (false, null);
        if (Number().IsMatch(trimmed)
            && double.TryParse(trimmed, NumberStyles.Any, CultureInfo.InvariantCulture, out var number))
            return (number, trimmed.Contains(',', StringComparison.Ordinal) ? Format("NUMBER", "#,##0.###") : null);
        if (trimmed[^1] == '%' && Number().IsMatch(trimmed[..^1])
            && double.TryParse(trimmed[..^1], NumberStyles.Any, CultureInfo.InvariantCulture, out var percent))
            return (percent / 100, Format("PERCENT", "0.00%"));
        if (text[0] == '+' && text.Length > 1) return (new Formula("=" + text), null);
        if (Moment(trimmed, Dates) is { } date) return (date, Format("DATE", "yyyy-mm-dd"));
        return Moment(trimmed, Moments) is { } moment ? (moment, Format("DATE_TIME", "yyyy-mm-dd hh:mm:ss"))
            : (text, null);
    }

    private static double? Moment(string text, string[] shapes) =>
        DateTime.TryParseExact(text, shapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            ? read.ToOADate() : null;

    private static JsonObject Format(string type, string pattern) => new() { ["type"] = type, ["pattern"] = pattern };

    [GeneratedRegex(@"^[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+|(?=\.[0-9]))(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?$")]
    private static partial Regex Number();
}
