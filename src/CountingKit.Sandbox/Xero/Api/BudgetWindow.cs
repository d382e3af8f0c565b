using System.Globalization;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>
/// One budget, read alone: <c>DateFrom</c> to <c>DateTo</c>, 24 months at most, three months without them. Its time of
/// update is a text there.
/// </summary>
internal static class BudgetWindow
{
    private const int MostMonths = 24;

    /// <exception cref="InvalidParameterException">The dates mean nothing, or span too much.</exception>
    public static void Cut(JsonObject budget, IQueryCollection query, DateTimeOffset now)
    {
        var first = Month(query, "DateFrom") ?? new DateOnly(now.Year, now.Month, 1);
        var last = Month(query, "DateTo") ?? first.AddMonths(2);
        if (last < first || last >= first.AddMonths(MostMonths))
            throw new InvalidParameterException($"DateFrom to DateTo: {MostMonths} months at most.");
        foreach (var line in budget["BudgetLines"] as JsonArray ?? [])
        {
            if (line?["BudgetBalances"] is JsonArray balances)
                balances.RemoveAll(balance => IsOutside(balance?["Period"]?.ToString(), first, last));
        }

        if (Instants.Read(budget["UpdatedDateUTC"]?.ToString()) is { } updated)
            budget["UpdatedDateUTC"] = updated.ToString("yyyy-MM-ddTHH:mm:ss.ff", CultureInfo.InvariantCulture);
    }

    private static bool IsOutside(string? period, DateOnly first, DateOnly last) =>
        !DateOnly.TryParseExact(period, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        || month < first || month > last;

    private static DateOnly? Month(IQueryCollection query, string name)
    {
        if (query[name] is not [{ Length: > 0 } text]) return null;
        return DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var day)
            ? new DateOnly(day.Year, day.Month, 1)
            : throw new InvalidParameterException($"{name}: '{text}' is not a date.");
    }
}
