using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>
/// Journals that people wrote: opening stock, depreciation of each month, corrections, and some that do not count.
/// </summary>
internal static class ManualJournalMaker
{
    private const int OneIn = 25;
    private const int Months = 24;

    private static readonly string[] Statuses = ["POSTED", "POSTED", "DRAFT", "VOIDED", "DELETED", "ARCHIVED", "POSTED"];

    public static IEnumerable<Record> All(Seed seed)
    {
        if (seed.Invoices == 0) yield break;
        yield return Journal(seed, "desk of the founder", new DateOnly(1969, 7, 20), "POSTED", "Bought in 1969 =1+1",
            [("710", 1_200.00m, null), ("970", -1_200.00m, null)], 1);
        yield return Journal(seed, "stock", seed.Today.AddDays(-721), "POSTED", "Opening stock",
            [("630", Settings.ItemMaker.CostPool, null), ("970", -Settings.ItemMaker.CostPool, null)], 2);
        for (var month = 0; month < Months; month++)
        {
            var last = new DateOnly(seed.Today.Year, seed.Today.Month, 1).AddMonths(-month).AddDays(-1);
            yield return Journal(seed, $"depreciation {month}", last, "POSTED", $"Depreciation\nof {last:yyyy-MM}",
                [("416", 83.33m, null), ("711", -83.33m, null)], month + 3);
        }

        foreach (var ordinal in seed.Numbers(OneIn))
        {
            var dice = Seed.Dice(seed.Id("journal", ordinal));
            var amount = dice.Next(100, 90_000) / 100m;
            (string, decimal, string?)[] lines = ordinal % 4 == 2
                ? [("429", amount, seed.Country.PurchaseTax), ("453", -amount, seed.Country.PurchaseTax)]
                : [("441", amount + 0.10m, null), ("400", 0.20m, null), ("429", -amount - 0.30m, null)];
            yield return Journal(seed, $"other {ordinal}", seed.Day(ordinal, OneIn, dice),
                Statuses[ordinal % Statuses.Length], Catalog.Descriptions[ordinal % Catalog.Descriptions.Length], lines,
                ordinal);
        }
    }

    private static Record Journal(
        Seed seed, string kind, DateOnly date, string status, string narration,
        (string Account, decimal Amount, string? TaxType)[] lines, int ordinal)
    {
        var id = DerivedId.Of($"{seed.Organization.TenantId} manual journal {kind}");
        var json = new JsonObject
        {
            ["ManualJournalID"] = id,
            ["Date"] = Parts.Instant(date),
            ["Status"] = status,
            ["LineAmountTypes"] = lines.Any(line => line.TaxType is not null) ? "Exclusive" : "NoTax",
            ["Narration"] = narration,
            ["ShowOnCashBasisReports"] = ordinal % 3 != 0,
            ["HasAttachments"] = false,
        };
        if (ordinal % 9 == 4) json["Url"] = "https://example.com/journals?n=<1>";
        Parts.Changed(json, seed.Moment(date < seed.Today.AddDays(-700) ? seed.Today.AddDays(-700) : date, Seed.Dice(id)),
            withText: false);
        var written = new JsonArray([.. lines.Select((line, place) => Line(seed, line, ordinal + place))]);
        if (ordinal % 5 == 1) written.Add(new JsonObject { ["IsBlank"] = true, ["LineAmount"] = 0.00m });
        json["JournalLines"] = written;
        return Record.Given("ManualJournals", "ManualJournalID", json);
    }

    private static JsonObject Line(Seed seed, (string Account, decimal Amount, string? TaxType) line, int place)
    {
        JsonNode?[] tracking = place % 8 == 3
            ? [null]
            : [.. TrackingOption.Of(seed.Organization, place).Select(option => option.ToJson())];
        var json = new JsonObject
        {
            ["LineAmount"] = line.Amount,
            ["AccountCode"] = line.Account,
            ["AccountID"] = StandardAccount.IdOf(seed.Organization.TenantId, line.Account),
            ["Tracking"] = new JsonArray(tracking),
            ["TaxType"] = line.TaxType ?? "NONE",
            ["TaxAmount"] = line.TaxType is null ? 0.00m : LineMaker.Round(line.Amount * seed.Country.TaxRate),
            ["IsBlank"] = false,
        };
        if (place % 3 == 1) json["Description"] = Catalog.Descriptions[place % Catalog.Descriptions.Length];
        return json;
    }
}
