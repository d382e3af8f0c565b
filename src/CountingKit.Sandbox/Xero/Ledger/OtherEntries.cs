namespace CountingKit.Sandbox.Xero.Ledger;

/// <summary>Transfers between bank accounts, and journals that people wrote.</summary>
internal static class OtherEntries
{
    public static Entry? Transfer(Chart chart, Wire transfer, string id, decimal rate)
    {
        var draft = new Draft(chart);
        var amount = Draft.Base(transfer.Number("Amount"), rate);
        draft.Add(new EntryLine(At("FromBankAccount"), -amount) { Tracking = TrackedBy.Read(transfer, "FromTracking") });
        draft.Add(new EntryLine(At("ToBankAccount"), amount) { Tracking = TrackedBy.Read(transfer, "ToTracking") });
        return draft.Finish(id, "TRANSFER", transfer.Day("Date") ?? DateOnly.MinValue, transfer.Text("Reference"),
            transfer.Moment("CreatedDateUTC") ?? DateTimeOffset.UnixEpoch);

        LedgerAccount At(string name) => chart.Of(transfer.Inner(name).Text("AccountID"), transfer.Inner(name).Text("Code"));
    }

    public static Entry? ManualJournal(Chart chart, Wire journal, string id)
    {
        var draft = new Draft(chart);
        var taxing = journal.Text("LineAmountTypes");
        decimal tax = 0;
        foreach (var line in journal.List("JournalLines"))
        {
            if (line.Is("IsBlank")) continue;
            var lineTax = taxing == "NoTax" ? 0 : line.Number("TaxAmount");
            tax += lineTax;
            draft.Add(new EntryLine(chart.Of(line.Text("AccountID"), line.Text("AccountCode")),
                line.Number("LineAmount") - (taxing == "Inclusive" ? lineTax : 0))
            {
                Tax = lineTax,
                Description = line.Text("Description"),
                TaxType = line.Text("TaxType"),
                Tracking = TrackedBy.Read(line),
            });
        }

        draft.Add(new EntryLine(chart.System("GST"), tax));
        return draft.Finish(id, "MANJOURNAL", journal.Day("Date") ?? DateOnly.MinValue, journal.Text("Narration"),
            journal.Moment("UpdatedDateUTC") ?? DateTimeOffset.UnixEpoch,
            journal.Is("ShowOnCashBasisReports") ? Basis.Both : Basis.AccrualOnly);
    }
}
