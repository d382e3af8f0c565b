using System.Globalization;
using System.Text.Json;

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

    private static readonly Dictionary<string, Func<JsonElement, object?>> Columns = new()
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
        ["Currency Rate"] = invoice => Number(invoice, "CurrencyRate"),
        ["Line Amounts"] = invoice => Text(invoice, "LineAmountTypes"),
        ["Sub Total"] = invoice => Number(invoice, "SubTotal"),
        ["Total Tax"] = invoice => Number(invoice, "TotalTax"),
        ["Total"] = invoice => Number(invoice, "Total"),
        ["Total Discount"] = invoice => Number(invoice, "TotalDiscount"),
        ["Amount Paid"] = invoice => Number(invoice, "AmountPaid"),
        ["Amount Credited"] = invoice => Number(invoice, "AmountCredited"),
        ["Amount Due"] = invoice => Number(invoice, "AmountDue"),
        ["Sent"] = invoice => YesNo(invoice, "SentToContact"),
        ["Is Discounted"] = invoice => YesNo(invoice, "IsDiscounted"),
        ["CIS Deduction"] = invoice => Number(invoice, "CISDeduction"),
        ["CIS Rate"] = invoice => Number(invoice, "CISRate"),
        ["Has Attachments"] = invoice => YesNo(invoice, "HasAttachments"),
        ["Has Errors"] = invoice => YesNo(invoice, "HasErrors"),
        ["Source URL"] = invoice => Text(invoice, "Url"),
        ["Contact Account Number"] = invoice => Text(invoice.GetProperty("Contact"), "AccountNumber"),
        ["Updated (UTC)"] = invoice => Moment(invoice, "UpdatedDateUTC"),
        ["Invoice ID"] = invoice => Text(invoice, "InvoiceID"),
    };

    public static IReadOnlyCollection<string> Headings => Columns.Keys;

    /// <returns>A string, a decimal, a bool, or null for a blank cell.</returns>
    public static object? Cell(JsonElement invoice, string heading) => Columns[heading](invoice);

    /// <summary>A cell as the Sheets API gives it, in the same terms.</summary>
    public static object? Read(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.String => cell.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => cell.GetDecimal(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new InvalidOperationException($"A cell is no {cell.ValueKind}."),
    };

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    private static object? Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetDecimal() : null;

    private static object? YesNo(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetBoolean() : null;

    /// <summary>Whole days since 30 December 1899; Xero's dates are midnights without a zone.</summary>
    private static object? Day(JsonElement of, string name) =>
        Milliseconds(of, name) is { } at ? decimal.Floor(at / 86_400_000m) + 25_569 : null;

    /// <summary>Days and their part since 30 December 1899, UTC, to the millisecond (8 digits of a day).</summary>
    private static object? Moment(JsonElement of, string name) =>
        Milliseconds(of, name) is { } at ? decimal.Round(at / 86_400_000m + 25_569, 8) : null;

    /// <summary>Xero writes <c>/Date(1573755038314+0000)/</c>: milliseconds since 1970.</summary>
    private static long? Milliseconds(JsonElement of, string name)
    {
        if (Text(of, name) is not { } text) return null;
        var number = text["/Date(".Length..^")/".Length];
        var zone = number.LastIndexOfAny(['+', '-']);
        return long.Parse(zone > 0 ? number[..zone] : number, CultureInfo.InvariantCulture);
    }
}
