namespace CountingKit.Sandbox.Xero.Ledger;

/// <summary>Documents with lines: their total at one account, their lines and tax at others.</summary>
internal static class DocumentEntries
{
    /// <param name="sign">1: the total is a debit.</param>
    public static Entry? Of(
        Chart chart, Wire document, string id, string sourceType, LedgerAccount total, int sign, decimal rate, Basis basis)
    {
        var draft = new Draft(chart);
        var inclusive = document.Text("LineAmountTypes") == "Inclusive";
        decimal net = 0, tax = 0;
        List<EntryLine> lines = [];
        foreach (var line in document.List("LineItems"))
        {
            var (amount, lineTax) = (line.Number("LineAmount"), line.Number("TaxAmount"));
            if (inclusive) amount -= lineTax;
            net += amount;
            tax += lineTax;
            lines.Add(new EntryLine(chart.Of(line.Text("AccountID"), line.Text("AccountCode")), -sign * Draft.Base(amount, rate))
            {
                Tax = -sign * Draft.Base(lineTax, rate),
                Description = line.Text("Description"),
                TaxType = line.Text("TaxType"),
                Tracking = TrackedBy.Read(line),
            });
        }

        var whole = document.Has("Total") ? document.Number("Total") : net + tax;
        draft.Add(new EntryLine(total, sign * Draft.Base(whole, rate)) { IsTotal = true });
        foreach (var line in lines) draft.Add(line);
        draft.Add(new EntryLine(chart.System("GST"), -sign * Draft.Base(tax, rate)));
        return Finish(draft, document, id, sourceType, basis);
    }

    /// <summary>An over- or prepayment: all of it is owed at receivables or payables.</summary>
    public static Entry? Advance(
        Chart chart, Wire transaction, string id, string sourceType, LedgerAccount bank, int sign, decimal rate)
    {
        var draft = new Draft(chart);
        var amount = Draft.Base(transaction.Number("Total"), rate);
        draft.Add(new EntryLine(bank, sign * amount) { IsTotal = true });
        draft.Add(new EntryLine(chart.System(sign > 0 ? "DEBTORS" : "CREDITORS"), -sign * amount));
        return Finish(draft, transaction, id, sourceType, Basis.Both);
    }

    private static Entry? Finish(Draft draft, Wire document, string id, string sourceType, Basis basis) => draft.Finish(
        id, sourceType, document.Day("Date") ?? DateOnly.MinValue, document.Text("Reference"),
        document.Moment("UpdatedDateUTC") ?? DateTimeOffset.UnixEpoch, basis);
}
