using System.Globalization;
using CountingKit.Sandbox.Xero.Api;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>Reads a report's parameters. What means nothing is refused; what is unknown is ignored.</summary>
internal sealed class ReportQuery(IQueryCollection query)
{
    private const int MostPeriods = 12;

    public DateOnly? Date(string name)
    {
        if (Text(name) is not { } text) return null;
        return DateOnly.TryParseExact(text.Split('T')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day) ? day : throw new InvalidParameterException($"{name}: '{text}' is not a date.");
    }

    /// <summary>Columns to compare with, or of a budget.</summary>
    public int Periods(int otherwise) => Text("periods") is not { } text ? otherwise
        : int.TryParse(text, CultureInfo.InvariantCulture, out var periods) && periods is >= 1 and <= MostPeriods ? periods
        : throw new InvalidParameterException($"periods: 1 to {MostPeriods}.");

    /// <summary>Months of one column; a month where nothing is said.</summary>
    public int Timeframe() => Text("timeframe")?.ToUpperInvariant() switch
    {
        null or "MONTH" => 1,
        "QUARTER" => 3,
        "YEAR" => 12,
        _ => throw new InvalidParameterException("timeframe: MONTH, QUARTER or YEAR."),
    };

    /// <summary>The same, as the budget says it.</summary>
    public int TimeframeInMonths() => Text("timeframe") switch
    {
        null or "1" => 1,
        "3" => 3,
        "12" => 12,
        _ => throw new InvalidParameterException("timeframe: 1, 3 or 12."),
    };

    public bool Is(string name) => string.Equals(Text(name), "true", StringComparison.OrdinalIgnoreCase);

    public string? Text(string name) => query[name] is [{ Length: > 0 } value] ? value : null;
}
