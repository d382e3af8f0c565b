using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per template of invoices or bills that repeat (Xero Accounting API, RepeatingInvoices).</summary>
internal static class RepeatingInvoices
{
    public static Dataset Dataset { get; } = new(
        Key: "repeatingInvoices",
        Title: "Repeating invoices",
        Version: 1,
        Resource: new(
            "RepeatingInvoices", "RepeatingInvoiceID", "", ["accounting.invoices.read", "accounting.transactions.read"])
        {
            Paging = Paging.Whole, IsOrdered = false, TellsChanges = false,
        },
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("type", "Type", Text, "Type", Words: Codes.DocumentTypes),
            new("typeCode", "Type Code", Text, "Type", IsDefault: false, "The type as Xero stores it."),
            new("contact", "Contact", Text, "Contact.Name"),
            new("reference", "Reference", Text, "Reference", Note: "May hold Xero's placeholders, such as [Month]."),
            new("status", "Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("every", "Every", WholeNumber, "Schedule.Period"),
            new("unit", "Unit", Text, "Schedule.Unit",
                Words: new Dictionary<string, string> { ["WEEKLY"] = "Weeks", ["MONTHLY"] = "Months" }),
            new("startDate", "Start Date", Date, "Schedule.StartDate"),
            new("nextDate", "Next Date", Date, "Schedule.NextScheduledDate"),
            new("endDate", "End Date", Date, "Schedule.EndDate"),
            new("dueDay", "Due Day", WholeNumber, "Schedule.DueDate", IsDefault: false, "A number of days, not a date."),
            new("dueDayType", "Due Day Type", Text, "Schedule.DueDateType", IsDefault: false),
            new("currency", "Currency", Text, "CurrencyCode"),
            new("lineAmounts", "Line Amounts", Text, "LineAmountTypes", IsDefault: false, "Exclusive, Inclusive or NoTax.") { ForAccountants = true },
            new("subTotal", "Sub Total", Money, "SubTotal", Note: "Without tax."),
            new("totalTax", "Total Tax", Money, "TotalTax"),
            new("total", "Total", Money, "Total", Note: "With tax."),
            new("approvedForSending", "Approved For Sending", YesNo, "ApprovedForSending", IsDefault: false),
            new("markAsSent", "Mark As Sent", YesNo, "MarkAsSent", IsDefault: false),
            new("sendCopy", "Send Copy", YesNo, "SendCopy", IsDefault: false),
            new("includePdf", "Include PDF", YesNo, "IncludePDF", IsDefault: false),
            new("hasAttachments", "Has Attachments", YesNo, "HasAttachments", IsDefault: false),
            new("lineCount", "Line Count", WholeNumber, "=count(LineItems)", IsDefault: false, "Computed."),
            ColumnSets.Id("brandingThemeId", "Branding Theme ID", "BrandingThemeID"),
            ColumnSets.Id("contactId", "Contact ID", "Contact.ContactID"),
            new("repeatingInvoiceId", "Repeating Invoice ID", Text, "RepeatingInvoiceID", Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "repeatingInvoiceId",
        DefaultSort: [new("contact"), new("nextDate")],
        NameColumn: "reference",
        Statuses: [new("DRAFT", "Draft"), new("AUTHORISED", "Approved"), new("DELETED", "Deleted", IsUsual: false)]);
}
