using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per line of a manual journal (Xero Accounting API, ManualJournals).</summary>
internal static class ManualJournals
{
    public static Dataset Dataset { get; } = new(
        Key: "manualJournals",
        Title: "Manual journals",
        Version: 1,
        // In an order, every page of this list holds everything.
        Resource: new(
            "ManualJournals", "ManualJournalID", "", ["accounting.manualjournals.read", "accounting.transactions.read"],
            Date: "Date") { IsOrdered = false },
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("date", "Date", Date, "Date"),
            new("narration", "Narration", Text, "Narration"),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("lineNumber", "Line", WholeNumber, ColumnPaths.Place, Note: "Its place in the journal, from 1."),
            new("description", "Description", Text, "JournalLines[].Description"),
            new("accountCode", "Account Code", Text, "JournalLines[].AccountCode"),
            ColumnSets.AccountName,
            new("debit", "Debit", Money, "=debit(JournalLines[].LineAmount)"),
            new("credit", "Credit", Money, "=credit(JournalLines[].LineAmount)"),
            new("amount", "Amount", Money, "JournalLines[].LineAmount", Note: "Debits are positive, credits negative."),
            new("taxType", "Tax Type", Text, "JournalLines[].TaxType", IsDefault: false, "Xero's code for the tax rate.") { ForAccountants = true },
            ColumnSets.TaxRateName,
            new("taxAmount", "Tax Amount", Money, "JournalLines[].TaxAmount"),
            new("lineAmounts", "Line Amounts", Text, "LineAmountTypes", IsDefault: false, "Exclusive, Inclusive or NoTax.") { ForAccountants = true },
            .. ColumnSets.Tracking("tracking", "Tracking", "JournalLines[].Tracking", areDefault: true),
            new("onCashBasis", "On Cash Basis Reports", YesNo, "ShowOnCashBasisReports", IsDefault: false) { ForAccountants = true },
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments", IsDefault: false),
            new("sourceUrl", "Source URL", Text, "Url", IsDefault: false),
            ColumnSets.Updated,
            ColumnSets.Id("accountId", "Account ID", "JournalLines[].AccountID"),
            ColumnSets.Id("manualJournalId", "Manual Journal ID", "ManualJournalID"),
            new("lineId", "Line ID", Text, "=id(JournalLines[].LineItemID, ManualJournalID)",
                Note: "Identifies the row: the journal and the line's place in it."),
        ],
        KeyColumn: "lineId",
        DefaultSort: [new("date"), new("manualJournalId"), new("lineNumber")],
        NameColumn: "narration",
        Statuses:
        [
            new("DRAFT", "Draft", IsUsual: false), new("POSTED", "Posted"), new("VOIDED", "Voided", IsUsual: false), new("DELETED", "Deleted", IsUsual: false),
            new("ARCHIVED", "Archived"),
        ])
    {
        List = new("JournalLines", Skips: "IsBlank"),
        Tracking = "JournalLines[].Tracking",
        KeysArePlaces = true,
    };
}
