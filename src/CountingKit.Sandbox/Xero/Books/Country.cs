namespace CountingKit.Sandbox.Xero.Books;

/// <summary>What an organization's country decides.</summary>
/// <param name="TaxRate">Of a sale, as a fraction.</param>
/// <param name="YearEnd">Last day of the financial year: month and day.</param>
internal sealed record Country(
    string Code, string Currency, string Timezone, decimal TaxRate, string SalesTax, string PurchaseTax,
    (int Month, int Day) YearEnd, string City, string Phone)
{
    public static readonly IReadOnlyList<Country> All =
    [
        new("GB", "GBP", "GMTSTANDARDTIME", 0.20m, "OUTPUT2", "INPUT2", (3, 31), "Bristol", "+44 20 7946 0000"),
        new("NZ", "NZD", "NEWZEALANDSTANDARDTIME", 0.15m, "OUTPUT2", "INPUT2", (3, 31), "Wellington", "+64 4 555 0100"),
        new("AU", "AUD", "AUSEASTERNSTANDARDTIME", 0.10m, "OUTPUT", "INPUT", (6, 30), "Hobart", "+61 3 5550 1000"),
        new("US", "USD", "PACIFICSTANDARDTIME", 0.0825m, "OUTPUT", "INPUT", (12, 31), "Portland", "+1 503 555 0100"),
        new("IE", "EUR", "GMTSTANDARDTIME", 0.23m, "OUTPUT2", "INPUT2", (12, 31), "Galway", "+353 91 555 010"),
    ];

    /// <summary>Foreign units for one unit of the base currency, roughly; 1 for the base currency itself.</summary>
    public decimal RateOf(string currency) => currency == Currency
        ? 1m
        : decimal.Round(PerDollar(currency) / PerDollar(Currency), 6);

    /// <summary>The rate of a day: up to three percent beside the usual one.</summary>
    public decimal RateOn(DateOnly day, string currency) => currency == Currency
        ? 1m
        : decimal.Round(RateOf(currency) * (100 + day.DayNumber % 7 - 3) / 100, 6);

    private static decimal PerDollar(string currency) => currency switch
    {
        "GBP" => 0.78m,
        "EUR" => 0.92m,
        "NZD" => 1.64m,
        "AUD" => 1.51m,
        _ => 1m,
    };
}
