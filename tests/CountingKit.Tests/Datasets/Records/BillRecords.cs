namespace CountingKit.Tests.Datasets.Records;

internal static class BillRecords
{
    private const string Id = "E1000000-0000-4000-8000-000000000001";

    public static HandWrittenDataset Of { get; } = new("bills",
        new HandWritten(
            $$"""
            {"Type":"ACCPAY","InvoiceID":"{{Id}}","InvoiceNumber":"=HYPERLINK(\"x\")","Reference":"no column","Payments":[],
             "Contact":{"ContactID":"e1000000-0000-4000-8000-000000000002","Name":"Žižek & <script>","AccountNumber":"00045"},
             "DateString":"1965-07-04T00:00:00","Date":"\/Date(-141868800000+0000)\/","DueDate":"2026-02-28T00:00:00",
             "PlannedPaymentDate":"\/Date(1772323200000+0000)\/","FullyPaidOnDate":"\/Date(1775001600000)\/","Status":"PAID",
             "CurrencyCode":"GBP","CurrencyRate":0.5,"LineAmountTypes":"Inclusive","LineItems":[{"LineAmount":1},null,{}],
             "SubTotal":"100.10","TotalTax":20.02,"Total":120.12,"TotalDiscount":1.5,"AmountPaid":60.06,"AmountCredited":10.01,
             "AmountDue":50.05,"IsDiscounted":true,"CISDeduction":-3.25,"CISRate":"20.5","HasAttachments":false,
             "HasErrors":"false","Url":"https://example.com/bill","BrandingThemeID":"e1000000-0000-4000-8000-000000000003",
             "RepeatingInvoiceID":"e1000000-0000-4000-8000-000000000004","UpdatedDateUTC":"\/Date(1321009871111+0000)\/"}
            """,
            new Cells
            {
                ["billNumber"] = "=HYPERLINK(\"x\")", ["supplier"] = "Žižek & <script>", ["date"] = Cells.Day("1965-07-04"),
                ["dueDate"] = Cells.Day("2026-02-28"), ["status"] = "PAID", ["statusCode"] = "PAID",
                ["plannedPaymentDate"] = Cells.Day("2026-03-01"), ["fullyPaidOn"] = Cells.Day("2026-04-01"),
                ["currency"] = "GBP", ["currencyRate"] = 0.5m, ["lineAmounts"] = "Inclusive", ["subTotal"] = 100.10m,
                ["totalTax"] = 20.02m, ["total"] = 120.12m, ["totalDiscount"] = 1.5m, ["amountPaid"] = 60.06m,
                ["amountCredited"] = 10.01m, ["amountDue"] = 50.05m, ["subTotalBase"] = 200.20m, ["totalTaxBase"] = 40.04m,
                ["totalBase"] = 240.24m, ["amountDueBase"] = 100.10m, ["isDiscounted"] = true, ["cisDeduction"] = -3.25m,
                ["cisRate"] = 20.5m, ["hasAttachments"] = false, ["hasErrors"] = false, ["sourceUrl"] = "https://example.com/bill",
                ["lineCount"] = 2, ["contactAccountNumber"] = "00045", ["updated"] = Cells.Moment("2011-11-11 11:11:11.111"),
                ["recordLink"] = "https://go.xero.com/AccountsPayable/View.aspx?InvoiceID=" + Id,
                ["brandingThemeId"] = "e1000000-0000-4000-8000-000000000003",
                ["repeatingInvoiceId"] = "e1000000-0000-4000-8000-000000000004",
                ["contactId"] = "e1000000-0000-4000-8000-000000000002", ["billId"] = Id,
            }),
        new HandWritten(
            """
            {"Type":"ACCPAY","InvoiceID":"e2","InvoiceNumber":"","Date":"\/Date(0)\/","DueDate":null,"AmountDue":3,"CurrencyRate":null,
             "SubTotal":1,"HasAttachments":true,"HasErrors":false,"LineItems":null}
            """,
            new Cells
            {
                ["billId"] = "e2", ["recordLink"] = "https://go.xero.com/AccountsPayable/View.aspx?InvoiceID=e2",
                ["amountDue"] = 3, ["subTotal"] = 1, ["hasAttachments"] = true, ["hasErrors"] = false,
            }));
}
