using System.Globalization;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Settings;

/// <summary>The overall budget, and one of an option: amounts as texts, some accounts and months without one.</summary>
internal static class BudgetMaker
{
    private const int Months = 36;

    private static readonly (string Account, int Amount)[] Planned =
        [("200", 20_000), ("0090", 4_500), ("260", 150), ("310", 6_000), ("400", 800), ("469", 2_450), ("477", 5_200)];

    public static IEnumerable<Record> All(Seed seed)
    {
        var option = TrackingOption.Of(seed.Organization, 3)[0];
        yield return Budget(seed, 1, "OVERALL", "Overall Budget", [], share: 1m);
        yield return Budget(seed, 2, "TRACKING", "=Budget of the \"North\"", [option], share: 0.4m);
    }

    private static Record Budget(
        Seed seed, int ordinal, string type, string description, TrackingOption[] tracking, decimal share)
    {
        var json = new JsonObject
        {
            ["BudgetID"] = seed.Id("budget", ordinal),
            ["Status"] = "APPROVED",
            ["Type"] = type,
            ["Description"] = description,
            ["Tracking"] = new JsonArray([.. tracking.Select(option => option.ToJson())]),
            ["BudgetLines"] = new JsonArray([.. Planned.Select(plan => Line(seed, plan.Account, plan.Amount * share))]),
        };
        Parts.Changed(json, seed.Now.AddDays(-40 * ordinal), withText: false);
        return Record.Given("Budgets", "BudgetID", json);
    }

    private static JsonObject Line(Seed seed, string account, decimal amount)
    {
        var first = new DateOnly(seed.Today.Year, seed.Today.Month, 1).AddMonths(-Months / 3 * 2);
        return new JsonObject
        {
            ["AccountID"] = StandardAccount.IdOf(seed.Organization.TenantId, account),
            ["AccountCode"] = account,
            ["BudgetBalances"] = new JsonArray([.. Enumerable.Range(0, Months)
                .Where(month => account != "260" || month % 3 == 0)
                .Select(month => new JsonObject
                {
                    ["Period"] = first.AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture),
                    ["Amount"] = LineMaker.Round(amount + amount * month / 100).ToString(CultureInfo.InvariantCulture),
                    ["Notes"] = month % 12 == 5 ? "Mid-year <review>" : "",
                })]),
        };
    }
}
