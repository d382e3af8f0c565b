namespace CountingKit.Sandbox.Xero.Api.Resources;

/// <summary>Customers, suppliers, and what is agreed with them.</summary>
internal static class TradeResources
{
    private const string Invoicing = "accounting.invoices";
    private static readonly string[] LinePrices = ["LineItems.UnitAmount"];

    private static readonly Field[] Common =
    [
        new("Status", "status"), new("UpdatedDateUTC", "updated", Kind.Instant), Field.Id("Contact.ContactID"),
        Field.Text("Contact.Name"), Field.Text("Reference"), Field.Text("CurrencyCode"), Field.Number("Total"),
    ];

    public static readonly Resource[] All =
    [
        new("Contacts", "ContactID", "accounting.contacts")
        {
            FromTheStart = true,
            Paging = Paging.Sized,
            Stamp = Stamp.Updated,
            Summary = new Cut(["IsCustomer", "IsSupplier", "Balances", "PaymentTerms"], []),
            Parameters = [new AnyOf("IDs", "id"), new Included("includeArchived", "ARCHIVED"), new SearchTerm()],
            Fields =
            [
                new("ContactID", "id", Kind.Id), new("ContactStatus", "status"),
                new("UpdatedDateUTC", "updated", Kind.Instant), Field.Text("Name"), Field.Text("EmailAddress"),
                Field.Text("AccountNumber"),
            ],
        },
        new("ContactGroups", "ContactGroupID", "accounting.contacts")
        {
            TellsChanges = false,
            InLists = new Cut([], ["Contacts"]),
            Fields = [new("ContactGroupID", "id", Kind.Id), new("Status", "status"), Field.Text("Name")],
        },
        new("Invoices", "InvoiceID", Invoicing)
        {
            FromTheStart = true,
            Paging = Paging.Sized,
            Stamp = Stamp.UpdatedAndText,
            AlsoBy = "InvoiceNumber",
            Prices = LinePrices,
            WithoutPage = Cut.Lines,
            Summary = new Cut(
                ["LineItems", "Payments", "CreditNotes", "Prepayments", "Overpayments", "HasAttachments"], []),
            Parameters =
            [
                new AnyOf("IDs", "id"), new AnyOf("Statuses", "status"),
                new AnyOf("ContactIDs", Field.Id("Contact.ContactID").Sql),
                new AnyOf("InvoiceNumbers", Field.Text("InvoiceNumber").Sql), new NoneIf("createdByMyApp"),
                new SearchTerm(),
            ],
            Fields =
            [
                new("InvoiceID", "id", Kind.Id), new("Type", "type"), .. Common, Field.Text("InvoiceNumber"),
                Field.Text("Contact.ContactNumber"), Field.DateOfText("Date"), Field.DateOfText("DueDate"),
                Field.Number("AmountDue"), Field.Number("AmountPaid"),
            ],
        },
        new("CreditNotes", "CreditNoteID", Invoicing)
        {
            Paging = Paging.Sized,
            Stamp = Stamp.UpdatedAndText,
            AlsoBy = "CreditNoteNumber",
            Prices = LinePrices,
            WithoutPage = Cut.Lines,
            Fields =
            [
                new("CreditNoteID", "id", Kind.Id), new("Type", "type"), .. Common, Field.Text("CreditNoteNumber"),
                Field.Date("Date"), Field.Number("RemainingCredit"),
            ],
        },
        new("PurchaseOrders", "PurchaseOrderID", Invoicing)
        {
            Paging = Paging.SizedAlways,
            Stamp = Stamp.Updated,
            AlsoBy = "PurchaseOrderNumber",
            Filters = false,
            Parameters =
            [
                new AnyOf("Status", "status"), new DayLimit("DateFrom", Field.Date("Date").Sql, ">="),
                new DayLimit("DateTo", Field.Date("Date").Sql, "<="),
            ],
            Fields =
            [
                new("PurchaseOrderID", "id", Kind.Id), .. Common, Field.Text("PurchaseOrderNumber"), Field.Date("Date"),
                Field.Date("DeliveryDate"),
            ],
        },
        new("Quotes", "QuoteID", Invoicing)
        {
            Paging = Paging.Hundreds,
            Stamp = Stamp.Updated,
            Filters = false,
            Parameters =
            [
                new AnyOf("Status", "status"), new AnyOf("ContactID", Field.Id("Contact.ContactID").Sql),
                new AnyOf("QuoteNumber", Field.Text("QuoteNumber").Sql),
                new DayLimit("DateFrom", Field.Date("Date").Sql, ">="),
                new DayLimit("DateTo", Field.Date("Date").Sql, "<="),
                new DayLimit("ExpiryDateFrom", Field.Date("ExpiryDate").Sql, ">="),
                new DayLimit("ExpiryDateTo", Field.Date("ExpiryDate").Sql, "<="),
            ],
            Fields =
            [
                new("QuoteID", "id", Kind.Id), .. Common, Field.Text("QuoteNumber"), Field.Date("Date"),
                Field.Date("ExpiryDate"),
            ],
        },
        new("RepeatingInvoices", "RepeatingInvoiceID", Invoicing)
        {
            TellsChanges = false,
            Fields = [new("RepeatingInvoiceID", "id", Kind.Id), new("Type", "type"), .. Common],
        },
    ];
}
