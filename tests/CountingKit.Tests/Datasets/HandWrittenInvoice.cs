using System.Globalization;
using System.Text;
using CountingKit.Datasets;
using CountingKit.Tests.Datasets.Records;

namespace CountingKit.Tests.Datasets;

/// <summary>A sales invoice with every field that the catalogue knows, and what each column must say of it.</summary>
internal static class HandWrittenInvoice
{
    public const string Id = "5b1f9f0e-3c55-4f6a-9d33-0f6c2f3f9a11";

    public static byte[] Json { get; } = Encoding.UTF8.GetBytes(
        $$"""
        {"Type":"ACCREC","InvoiceID":"{{Id}}","InvoiceNumber":"0090","Reference":"=1+1 \"<b>\" \ud83d\ude00",
         "Payments":[{"PaymentID":"9e1f0ab8-58c4-4f3d-b5a0-1e3a0d3f6a77","Date":"\/Date(1767225600000+0000)\/","Amount":10.10,
           "Reference":"part","CurrencyRate":0.5,"HasAccount":true}],
         "CreditNotes":[{"CreditNoteID":"c0ffee00-0000-4000-8000-000000000001","AppliedAmount":1.05}],
         "Prepayments":[],"Overpayments":null,
         "AmountDue":108.85,"AmountPaid":10.1,"AmountCredited":1.05,"CurrencyRate":0.5000000000,
         "IsDiscounted":true,"HasAttachments":"false","HasErrors":false,"SentToContact":true,
         "RepeatingInvoiceID":"7a1f9f0e-3c55-4f6a-9d33-0f6c2f3f9a22","BrandingThemeID":"8a1f9f0e-3c55-4f6a-9d33-0f6c2f3f9a33",
         "Contact":{"ContactID":"6a1f9f0e-3c55-4f6a-9d33-0f6c2f3f9a44","Name":"Ō & Sons (+44 20)","AccountNumber":"00123",
           "Addresses":[{"City":"Otautahi","PostalCode":"8011"},null],"Phones":[],"EmailAddress":""},
         "DateString":"2026-01-31T00:00:00","Date":"\/Date(1769817600000+0000)\/",
         "DueDateString":"2026-02-28T00:00:00","DueDate":"\/Date(1772236800000+0000)\/",
         "ExpectedPaymentDate":"2026-03-01T00:00:00","PlannedPaymentDate":"\/Date(0+0000)\/","FullyPaidOnDate":"\/Date(1775001600000+0000)\/",
         "Status":"AUTHORISED","LineAmountTypes":"Exclusive",
         "LineItems":[{"Description":"Guitar\nstrings","Quantity":3.0,"UnitAmount":33.3333,"LineAmount":100.00,"TaxAmount":20.0,
           "Tracking":[{"Name":"Region","Option":"North"}]},{"Description":""}],
         "SubTotal":100.00,"TotalTax":20,"TotalDiscount":"2.50","Total":120.000,"CISDeduction":-3.25,"CISRate":20.5,
         "Url":"https://example.com/i?a=1&b=2","CurrencyCode":"GBP","UpdatedDateUTC":"\/Date(1769904000123+0000)\/",
         "UpdatedDateUTCString":"2026-02-01T00:00:00Z","NewThing":{"deep":[[]]} }
        """);

    public static IReadOnlyDictionary<string, CellValue> Cells { get; } = new Dictionary<string, CellValue>
    {
        ["invoiceNumber"] = CellValue.Text("0090"),
        ["reference"] = CellValue.Text("=1+1 \"<b>\" 😀"),
        ["status"] = CellValue.Text("AUTHORISED"),
        ["statusCode"] = CellValue.Text("AUTHORISED"),
        ["customer"] = CellValue.Text("Ō & Sons (+44 20)"),
        ["date"] = Day("2026-01-31"),
        ["dueDate"] = Day("2026-02-28"),
        ["expectedPaymentDate"] = Day("2026-03-01"),
        ["fullyPaidOn"] = Day("2026-04-01"),
        ["currency"] = CellValue.Text("GBP"),
        ["currencyRate"] = CellValue.Number(0.5m),
        ["lineAmounts"] = CellValue.Text("Exclusive"),
        ["subTotal"] = CellValue.Number(100m),
        ["totalTax"] = CellValue.Number(20m),
        ["total"] = CellValue.Number(120m),
        ["totalDiscount"] = CellValue.Number(2.5m),
        ["amountPaid"] = CellValue.Number(10.1m),
        ["amountCredited"] = CellValue.Number(1.05m),
        ["amountDue"] = CellValue.Number(108.85m),
        ["subTotalBase"] = CellValue.Number(200m),
        ["totalTaxBase"] = CellValue.Number(40m),
        ["totalBase"] = CellValue.Number(240m),
        ["amountDueBase"] = CellValue.Number(217.7m),
        ["sent"] = CellValue.YesNo(true),
        ["isDiscounted"] = CellValue.YesNo(true),
        ["cisDeduction"] = CellValue.Number(-3.25m),
        ["cisRate"] = CellValue.Number(20.5m),
        ["hasAttachments"] = CellValue.YesNo(false),
        ["hasErrors"] = CellValue.YesNo(false),
        ["sourceUrl"] = CellValue.Text("https://example.com/i?a=1&b=2"),
        ["lineCount"] = CellValue.Number(2),
        ["contactAccountNumber"] = CellValue.Text("00123"),
        ["updated"] = CellValue.Instant(new DateTimeOffset(2026, 2, 1, 0, 0, 0, 123, TimeSpan.Zero)),
        ["recordLink"] = CellValue.Text($"https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID={Id}"),
        ["brandingThemeId"] = CellValue.Text("8a1f9f0e-3c55-4f6a-9d33-0f6c2f3f9a33"),
        ["repeatingInvoiceId"] = CellValue.Text("7a1f9f0e-3c55-4f6a-9d33-0f6c2f3f9a22"),
        ["contactId"] = CellValue.Text("6a1f9f0e-3c55-4f6a-9d33-0f6c2f3f9a44"),
        ["invoiceId"] = CellValue.Text(Id),
    };

    /// <summary>One of which little is known.</summary>
    public static HandWritten Bare { get; } = new(
        """
        {"Type":"ACCREC","InvoiceID":"b2","SentToContact":true,"IsDiscounted":"False","HasAttachments":true,"HasErrors":false,
         "Reference":"","Date":"\/Date(0+0000)\/","DueDate":"\/Date(-86400000-0500)\/","Contact":null,"LineItems":null,"CurrencyRate":0,
         "Total":5,"UpdatedDateUTC":null}
        """,
        new Cells
        {
            ["invoiceId"] = "b2", ["recordLink"] = "https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=b2", ["sent"] = true,
            ["isDiscounted"] = false, ["hasAttachments"] = true, ["hasErrors"] = false, ["dueDate"] = new DateOnly(1969, 12, 31),
            ["currencyRate"] = 0, ["total"] = 5,
        });

    private static CellValue Day(string text) => CellValue.Date(DateOnly.Parse(text, CultureInfo.InvariantCulture));
}
