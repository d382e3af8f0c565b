namespace CountingKit.Sandbox.Xero.Api.Resources;

/// <summary>Money that moved, and journals that people wrote.</summary>
internal static class CashResources
{
    private const string Paying = "accounting.payments";
    private const string Banking = "accounting.banktransactions";
    private static readonly string[] LinePrices = ["LineItems.UnitAmount"];

    private static readonly Field[] Common =
    [
        new("Type", "type"), new("Status", "status"), new("UpdatedDateUTC", "updated", Kind.Instant), Field.Date("Date"),
        Field.Text("Reference"), Field.Text("CurrencyCode"), Field.Number("Total"), Field.Id("Contact.ContactID"),
        Field.Text("Contact.Name"),
    ];

    public static readonly Resource[] All =
    [
        new("Payments", "PaymentID", Paying)
        {
            Paging = Paging.Sized,
            Stamp = Stamp.UpdatedAndText,
            InLists = new Cut(["Account.Name", "Invoice.Reference"], []),
            Fields =
            [
                new("PaymentID", "id", Kind.Id), new("Status", "status"),
                new("UpdatedDateUTC", "updated", Kind.Instant), Field.Date("Date"), Field.Text("PaymentType"),
                Field.Text("Reference"), Field.Number("Amount"), Field.Id("Invoice.InvoiceID"),
                Field.Text("Invoice.InvoiceNumber"), Field.Id("Account.AccountID"),
            ],
        },
        new("Overpayments", "OverpaymentID", Paying)
        {
            Paging = Paging.Sized,
            Stamp = Stamp.UpdatedAndText,
            Prices = LinePrices,
            InLists = new Cut(["CurrencyRate"], []),
            WithoutPage = Cut.Lines,
            Parameters = [new AnyOf("References", Field.Text("Reference").Sql)],
            Fields = [new("OverpaymentID", "id", Kind.Id), .. Common, Field.Number("RemainingCredit")],
        },
        new("Prepayments", "PrepaymentID", Paying)
        {
            Paging = Paging.Sized,
            Stamp = Stamp.UpdatedAndText,
            Prices = LinePrices,
            InLists = new Cut(["CurrencyRate", "BrandingThemeID"], []),
            WithoutPage = Cut.Lines,
            Parameters =
            [
                new AnyOf("InvoiceNumbers", Field.Text("InvoiceNumber").Sql),
                new AnyOf("References", Field.Text("Reference").Sql),
            ],
            Fields =
            [
                new("PrepaymentID", "id", Kind.Id), .. Common, Field.Text("InvoiceNumber"),
                Field.Number("RemainingCredit"),
            ],
        },
        new("BankTransactions", "BankTransactionID", Banking)
        {
            Paging = Paging.Sized,
            Stamp = Stamp.Updated,
            Prices = LinePrices,
            WithoutPage = Cut.Lines,
            Parameters = [new AnyOf("References", Field.Text("Reference").Sql)],
            Fields =
            [
                new("BankTransactionID", "id", Kind.Id), .. Common, Field.Id("BankAccount.AccountID"),
                Field.Text("BankAccount.Code"), Field.Text("BankAccount.Name"),
            ],
        },
        new("BankTransfers", "BankTransferID", Banking)
        {
            InLists = new Cut(["FromBankAccount.Code", "ToBankAccount.Code", "CurrencyRate"], []),
            Parameters = [new Included("includeDeleted", "DELETED")],
            Fields =
            [
                new("BankTransferID", "id", Kind.Id), new("Status", "status"), Field.Date("Date"),
                Field.Date("CreatedDateUTC"), Field.Number("Amount"), Field.Text("Reference"),
                Field.Id("FromBankAccount.AccountID"), Field.Id("ToBankAccount.AccountID"),
            ],
        },
        new("ManualJournals", "ManualJournalID", "accounting.manualjournals")
        {
            Paging = Paging.Sized,
            Stamp = Stamp.Updated,
            Ordering = Ordering.BreaksPaging,
            WithoutPage = new Cut([], ["JournalLines"]),
            Fields =
            [
                new("ManualJournalID", "id", Kind.Id), new("Status", "status"),
                new("UpdatedDateUTC", "updated", Kind.Instant), Field.Date("Date"), Field.Text("Narration"),
            ],
        },
    ];
}
