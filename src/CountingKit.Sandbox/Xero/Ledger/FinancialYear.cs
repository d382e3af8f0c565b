using CountingKit.Sandbox.Xero.Books;

namespace CountingKit.Sandbox.Xero.Ledger;

/// <summary>When an organization's financial years end.</summary>
internal sealed record FinancialYear(int EndMonth, int EndDay)
{
    public static FinancialYear Of(Wire organisation, Country country) =>
        organisation.Number("FinancialYearEndMonth") is >= 1 and <= 12 and var month
        && organisation.Number("FinancialYearEndDay") is >= 1 and <= 31 and var day
            ? new((int)month, (int)day)
            : new(country.YearEnd.Month, country.YearEnd.Day);

    /// <summary>The first day of the year that the day is in.</summary>
    public DateOnly StartOf(DateOnly day)
    {
        var end = EndIn(day.Year);
        return (day > end ? end : EndIn(day.Year - 1)).AddDays(1);
    }

    private DateOnly EndIn(int year) => new(year, EndMonth, Math.Min(EndDay, DateTime.DaysInMonth(year, EndMonth)));
}
