namespace CountingKit.Sandbox.Xero.Ledger;

/// <summary>What can be settled: its total, its rate, and the account at which it is owed.</summary>
/// <param name="Sign">1: what it says is owed to the organization; −1: by it.</param>
internal sealed record Owed(string Id, LedgerAccount At, int Sign, decimal Total, decimal Rate)
{
    public decimal ShareOf(decimal amount) => Total == 0 ? 0 : amount / Total;
}

/// <summary>
/// Payments and allocations. Where the rate is no longer that of the document, the difference is a realised currency gain.
/// </summary>
internal static class SettlementEntries
{
    public static Entry? Payment(Chart chart, Wire payment, string id, Owed owed)
    {
        var draft = new Draft(chart);
        var (amount, rate) = (payment.Number("Amount"), payment.Rate ?? owed.Rate);
        var account = chart.Of(payment.Inner("Account").Text("AccountID"), payment.Inner("Account").Text("Code"));
        var moved = account.Currency.Length == 0 && payment.Number("BankAmount") is > 0 and var bank
            ? bank
            : Draft.Base(amount, rate);
        var settled = Draft.Base(amount, owed.Rate);
        draft.Add(new EntryLine(account, owed.Sign * moved) { IsTotal = true });
        draft.Add(Settling(owed, amount));
        draft.Add(new EntryLine(chart.System("REALISEDCURRENCYGAIN"), owed.Sign * (settled - moved)));
        return draft.Finish(id, SourceType(payment.Text("PaymentType")), payment.Day("Date") ?? DateOnly.MinValue,
            payment.Text("Reference"), payment.Moment("UpdatedDateUTC") ?? DateTimeOffset.UnixEpoch);
    }

    /// <summary>A credit that an invoice took: it moves nothing in accrual books unless the rates differ.</summary>
    public static Entry? Allocation(Chart chart, Wire credit, Wire allocation, Owed from, Owed invoice, string sourceType)
    {
        var draft = new Draft(chart);
        var amount = allocation.Number("Amount");
        var taken = Settling(invoice, amount);
        var given = Settling(from, amount);
        draft.Add(taken);
        draft.Add(given);
        draft.Add(new EntryLine(chart.System("REALISEDCURRENCYGAIN"), -taken.Net - given.Net));
        return draft.Finish(from.Id, sourceType, allocation.Day("Date") ?? credit.Day("Date") ?? DateOnly.MinValue,
            credit.Text("Reference"), credit.Moment("UpdatedDateUTC") ?? DateTimeOffset.UnixEpoch,
            taken.Net + given.Net == 0 ? Basis.CashOnly : Basis.Both);
    }

    private static EntryLine Settling(Owed owed, decimal amount) =>
        new(owed.At, -owed.Sign * Draft.Base(amount, owed.Rate)) { Settles = owed.Id, Share = owed.ShareOf(amount) };

    /// <summary>A refund of an over- or prepayment is one of its own journals.</summary>
    private static string SourceType(string paymentType) =>
        paymentType.EndsWith("PAYMENTPAYMENT", StringComparison.Ordinal) ? paymentType[..^"PAYMENT".Length] : paymentType;
}
