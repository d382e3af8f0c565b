using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Settings;

/// <summary>The tax rates of the organization's country, some without tax, and some that people made.</summary>
internal static class TaxRateMaker
{
    public static IEnumerable<Record> All(Seed seed)
    {
        var (country, percent) = (seed.Country, seed.Country.TaxRate * 100);
        yield return Rate(country.SalesTax, $"{percent:0.##}% on Income", "OUTPUT", percent, "Tax", sales: true);
        yield return Rate(country.PurchaseTax, $"{percent:0.##}% on Expenses", "INPUT", percent, "Tax", sales: false);
        yield return Rate("NONE", "No Tax", "NONE", 0.00m, "Tax", sales: null);
        yield return Rate("ZERORATED", "Zero Rated", "OUTPUT", 0.00m, "Tax", sales: true);
        yield return Rate("GSTONIMPORTS", "Tax on Imports", "GSTONIMPORTS", 0.00m, "Tax", sales: false);
        yield return Two("TAX001", "=State & city <b>8.9%</b>", "ACTIVE", 6.25m, 2.50m, compound: true);
        yield return Two("TAX002", "0090 old rate", "ARCHIVED", 5.00m, 2.00m, compound: false);
        yield return Two("TAX003", "Typed by mistake", "DELETED", 99.9999m, 0.0001m, compound: false);
    }

    public static string NameOf(Country country, string taxType) =>
        taxType == country.SalesTax ? $"{country.TaxRate * 100:0.##}% on Income"
        : taxType == country.PurchaseTax ? $"{country.TaxRate * 100:0.##}% on Expenses"
        : "No Tax";

    private static Record Two(string type, string name, string status, decimal first, decimal second, bool compound)
    {
        var whole = compound ? first + second + first * second / 100 : first + second;
        var json = Json(type, name, "USSALESTAX", status, whole, sales: null);
        json["DisplayTaxRate"] = decimal.Round(whole, 4);
        json["TaxComponents"] = new JsonArray(
            Component("State", first, compound: false), Component("City \"Ōtautahi\"", second, compound));
        return Record.Given("TaxRates", "TaxType", json);
    }

    private static Record Rate(string type, string name, string report, decimal percent, string component, bool? sales)
    {
        var json = Json(type, name, report, "ACTIVE", percent, sales);
        json["TaxComponents"] = new JsonArray(Component(component, percent, compound: false));
        return Record.Given("TaxRates", "TaxType", json);
    }

    private static JsonObject Json(
        string type, string name, string report, string status, decimal percent, bool? sales) => new()
    {
        ["Name"] = name,
        ["TaxType"] = type,
        ["ReportTaxType"] = report,
        ["CanApplyToAssets"] = true,
        ["CanApplyToEquity"] = true,
        ["CanApplyToExpenses"] = sales != true,
        ["CanApplyToLiabilities"] = true,
        ["CanApplyToRevenue"] = sales != false,
        ["DisplayTaxRate"] = percent,
        ["EffectiveRate"] = percent,
        ["Status"] = status,
    };

    private static JsonObject Component(string name, decimal percent, bool compound) => new()
    {
        ["Name"] = name,
        ["Rate"] = percent,
        ["IsCompound"] = compound,
        ["IsNonRecoverable"] = false,
    };
}
