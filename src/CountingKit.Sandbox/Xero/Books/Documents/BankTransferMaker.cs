using System.Globalization;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>Transfers between bank accounts, each with its two bank transactions. Some were deleted.</summary>
internal static class BankTransferMaker
{
    private const int OneIn = 40;

    private static readonly (string From, string To)[] Ways =
    [
        (StandardAccount.Bank, StandardAccount.Savings), (StandardAccount.Bank, "091"),
        (StandardAccount.Bank, StandardAccount.CreditCard), ("092", StandardAccount.Bank),
        (StandardAccount.Savings, StandardAccount.Bank),
    ];

    public static IEnumerable<Record> All(Seed seed)
    {
        foreach (var ordinal in seed.Numbers(OneIn))
        {
            var id = seed.Id("bank transfer", ordinal);
            var dice = Seed.Dice(id);
            var date = seed.Day(ordinal, OneIn, dice);
            var (from, to) = Ways[ordinal % Ways.Length];
            var leaving = new Leg(seed, id, "SPEND-TRANSFER", StandardAccount.Of(from), date);
            var coming = new Leg(seed, id, "RECEIVE-TRANSFER", StandardAccount.Of(to), date);
            var amount = dice.Next(10_000, 300_000) / 100m;
            var status = ordinal % 6 == 0 ? "DELETED" : "AUTHORISED";
            var created = seed.Moment(date, dice);

            yield return leaving.Record(amount, status, created);
            yield return coming.Record(LineMaker.Round(amount * coming.Rate / leaving.Rate), status, created);
            yield return Transfer(seed, id, ordinal, amount, status, created, leaving, coming);
        }
    }

    private static Record Transfer(
        Seed seed, string id, int ordinal, decimal amount, string status, DateTimeOffset created, Leg from, Leg to)
    {
        var tracking = TrackingOption.Of(seed.Organization, ordinal * 3);
        var evening = new DateTimeOffset(from.Date, new TimeOnly(20, 10), TimeSpan.Zero);
        return Record.Given("BankTransfers", "BankTransferID", new JsonObject
        {
            ["BankTransferID"] = id,
            ["CreatedDateUTCString"] = Iso(created),
            ["CreatedDateUTC"] = Parts.Instant(created),
            ["DateString"] = Iso(evening),
            ["Date"] = Parts.Instant(evening),
            ["Status"] = status,
            ["FromBankAccount"] = Banking.Inside(seed, from.Account),
            ["ToBankAccount"] = Banking.Inside(seed, to.Account),
            ["Amount"] = amount,
            ["FromBankTransactionID"] = from.Id,
            ["ToBankTransactionID"] = to.Id,
            ["FromIsReconciled"] = ordinal % 2 == 0,
            ["ToIsReconciled"] = false,
            ["Reference"] = Seed.Reference(ordinal),
            ["CurrencyRate"] = from.Rate,
            ["HasAttachments"] = false,
            ["FromTracking"] = new JsonArray([.. tracking.Select(option => option.ToJson())]),
            ["ToTracking"] = new JsonArray(),
        });
    }

    private static string Iso(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>What a transfer is at one of its accounts: a bank transaction without a contact.</summary>
    private sealed record Leg(Seed Seed, string TransferId, string Type, StandardAccount Account, DateOnly Date)
    {
        public string Id => DerivedId.Of($"{TransferId} {Type}");

        public decimal Rate => Seed.Country.RateOn(Date, Banking.CurrencyOf(Seed, Account));

        public Record Record(decimal amount, string status, DateTimeOffset updated)
        {
            var json = BankTransactionMaker.Json(Id, Type, status, Banking.Inside(Seed, Account), Date,
                Banking.CurrencyOf(Seed, Account), updated);
            json["CurrencyRate"] = Rate;
            json["LineAmountTypes"] = "NoTax";
            json["LineItems"] = new JsonArray();
            Parts.Amounts(json, new Amounts(amount, 0.00m));
            return Books.Record.Given("BankTransactions", "BankTransactionID", json);
        }
    }
}
