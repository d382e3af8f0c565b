using System.Text.Json;
using static CountingKit.Testing.Sheets.XeroFields;

namespace CountingKit.Testing.Sheets;

/// <summary>
/// What a sheet's cells must hold for an invoice as Xero sends it: written from Xero's and Google's documentation, with
/// nothing of the product in it.
/// </summary>
internal static class ExpectedInvoice
{
    /// <summary>As Xero's own pages call them.</summary>
    private static readonly Dictionary<string, string> Statuses = new()
    {
        ["DRAFT"] = "Draft", ["SUBMITTED"] = "Awaiting Approval", ["AUTHORISED"] = "Awaiting Payment", ["PAID"] = "Paid",
        ["VOIDED"] = "Voided", ["DELETED"] = "Deleted",
    };

    /// <summary>By heading: what a cell must hold for an invoice.</summary>
    public static IReadOnlyDictionary<string, Func<JsonElement, object?>> Columns { get; } = new Dictionary<string, Func<JsonElement, object?>>
    {
        ["Invoice Number"] = invoice => Text(invoice, "InvoiceNumber"),
        ["Reference"] = invoice => Text(invoice, "Reference"),
        ["Status"] = invoice => Statuses[Text(invoice, "Status")!],
        ["Customer"] = invoice => Text(invoice.GetProperty("Contact"), "Name"),
        ["Date"] = invoice => Day(invoice, "Date"),
        ["Due Date"] = invoice => Day(invoice, "DueDate"),
        ["Expected Payment Date"] = invoice => Day(invoice, "ExpectedPaymentDate"),
        ["Fully Paid On"] = invoice => Day(invoice, "FullyPaidOnDate"),
        ["Currency"] = invoice => Text(invoice, "CurrencyCode"),
        ["Currency Rate"] = invoice => Amount(invoice, "CurrencyRate"),
        ["Line Amounts"] = invoice => Text(invoice, "LineAmountTypes"),
        ["Sub Total"] = invoice => Amount(invoice, "SubTotal"),
        ["Total Tax"] = invoice => Amount(invoice, "TotalTax"),
        ["Total"] = invoice => Amount(invoice, "Total"),
        ["Total Discount"] = invoice => Amount(invoice, "TotalDiscount"),
        ["Amount Paid"] = invoice => Amount(invoice, "AmountPaid"),
        ["Amount Credited"] = invoice => Amount(invoice, "AmountCredited"),
        ["Amount Due"] = invoice => Amount(invoice, "AmountDue"),
        ["Sent"] = invoice => YesNo(invoice, "SentToContact"),
        ["Is Discounted"] = invoice => YesNo(invoice, "IsDiscounted"),
        ["CIS Deduction"] = invoice => Amount(invoice, "CISDeduction"),
        ["CIS Rate"] = invoice => Amount(invoice, "CISRate"),
        ["Has Attachments"] = invoice => YesNo(invoice, "HasAttachments"),
        ["Has Errors"] = invoice => YesNo(invoice, "HasErrors"),
        ["Source URL"] = invoice => Text(invoice, "Url"),
        ["Contact Account Number"] = invoice => Text(invoice.GetProperty("Contact"), "AccountNumber"),
        ["Updated (UTC)"] = invoice => Moment(invoice, "UpdatedDateUTC"),
        ["Invoice ID"] = invoice => Text(invoice, "InvoiceID"),
    };
}
