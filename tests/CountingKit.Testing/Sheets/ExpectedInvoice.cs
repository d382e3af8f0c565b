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
        ["Currency"] = invoice => Text(invoice, "CurrencyCode"),
        ["Sub Total"] = invoice => Amount(invoice, "SubTotal"),
        ["Total Tax"] = invoice => Amount(invoice, "TotalTax"),
        ["Total"] = invoice => Amount(invoice, "Total"),
        ["Amount Paid"] = invoice => Amount(invoice, "AmountPaid"),
        ["Amount Due"] = invoice => Amount(invoice, "AmountDue"),
        ["Total (base)"] = invoice => InBase(invoice, "Total"),
        ["Amount Due (base)"] = invoice => InBase(invoice, "AmountDue"),
        ["Invoice ID"] = invoice => Text(invoice, "InvoiceID"),
    };

    private static object? InBase(JsonElement invoice, string amount) =>
        Amount(invoice, amount) is decimal foreign && Amount(invoice, "CurrencyRate") is decimal rate and not 0
            ? Math.Round(foreign / rate, 2, MidpointRounding.AwayFromZero) : null;
}
