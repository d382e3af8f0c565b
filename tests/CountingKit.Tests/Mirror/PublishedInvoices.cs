using CountingKit.Datasets;

namespace CountingKit.Tests.Mirror;

/// <summary>What each cell of Xero's published example invoices must hold, by invoice number; absent = no value.</summary>
internal static class PublishedInvoices
{
    private const string Link = "https://go.xero.com/AccountsReceivable/View.aspx?InvoiceID=";

    public static IReadOnlyDictionary<string, CellValue>[] Of(string file) =>
        file == "invoices.single.json" ? [Inv0006] : [Inv0001, Inv0002, Inv0003];

    private static Dictionary<string, CellValue> Inv0001 => new()
    {
        ["invoiceNumber"] = Text("INV-0001"), ["reference"] = Text("Red Fish, Blue Fish"), ["status"] = Text("VOIDED"), ["statusCode"] = Text("VOIDED"),
        ["customer"] = Text("Barney Rubble-83203"), ["date"] = Day(2018, 10, 20), ["dueDate"] = Day(2018, 12, 30),
        ["currency"] = Text("NZD"), ["currencyRate"] = Number(1), ["lineAmounts"] = Text("Exclusive"),
        ["subTotal"] = Number(40), ["totalTax"] = Number(0), ["total"] = Number(40), ["amountPaid"] = Number(0),
        ["amountCredited"] = Number(0), ["amountDue"] = Number(0), ["subTotalBase"] = Number(40), ["totalTaxBase"] = Number(0),
        ["totalBase"] = Number(40), ["amountDueBase"] = Number(0), ["sent"] = YesNo(true), ["isDiscounted"] = YesNo(false),
        ["hasAttachments"] = YesNo(false), ["hasErrors"] = YesNo(false), ["lineCount"] = Number(0),
        ["updated"] = CellValue.Instant(new(2018, 11, 2, 16, 31, 30, 160, TimeSpan.Zero)),
        ["recordLink"] = Text(Link + "d4956132-ed94-4dd7-9eaa-aa22dfdf06f2"),
        ["repeatingInvoiceId"] = Text("428c0d75-909f-4b04-8403-a48dc27283b0"),
        ["contactId"] = Text("a3675fc4-f8dd-4f03-ba5b-f1870566bcd7"),
        ["invoiceId"] = Text("d4956132-ed94-4dd7-9eaa-aa22dfdf06f2"),
    };

    private static Dictionary<string, CellValue> Inv0002 => new()
    {
        ["invoiceNumber"] = Text("INV-0002"), ["reference"] = Text("Red Fish, Blue Fish"), ["status"] = Text("PAID"), ["statusCode"] = Text("PAID"),
        ["customer"] = Text("Barney Rubble-83203"), ["date"] = Day(2018, 10, 20), ["dueDate"] = Day(2018, 12, 30),
        ["fullyPaidOn"] = Day(2018, 11, 29), ["currency"] = Text("NZD"), ["currencyRate"] = Number(1),
        ["lineAmounts"] = Text("Exclusive"), ["subTotal"] = Number(40), ["totalTax"] = Number(6), ["total"] = Number(46),
        ["amountPaid"] = Number(46), ["amountCredited"] = Number(0), ["amountDue"] = Number(0), ["subTotalBase"] = Number(40),
        ["totalTaxBase"] = Number(6), ["totalBase"] = Number(46), ["amountDueBase"] = Number(0), ["sent"] = YesNo(true),
        ["isDiscounted"] = YesNo(false), ["hasAttachments"] = YesNo(false), ["hasErrors"] = YesNo(false),
        ["lineCount"] = Number(0), ["updated"] = CellValue.Instant(new(2018, 11, 2, 16, 36, 32, 690, TimeSpan.Zero)),
        ["recordLink"] = Text(Link + "046d8a6d-1ae1-4b4d-9340-5601bdf41b87"),
        ["contactId"] = Text("a3675fc4-f8dd-4f03-ba5b-f1870566bcd7"),
        ["invoiceId"] = Text("046d8a6d-1ae1-4b4d-9340-5601bdf41b87"),
    };

    private static Dictionary<string, CellValue> Inv0003 => new()
    {
        ["invoiceNumber"] = Text("INV-0003"), ["status"] = Text("AUTHORISED"), ["statusCode"] = Text("AUTHORISED"), ["customer"] = Text("Barney Rubble-83203"),
        ["date"] = Day(2018, 11, 2), ["dueDate"] = Day(2018, 11, 7), ["currency"] = Text("NZD"), ["currencyRate"] = Number(1),
        ["lineAmounts"] = Text("Exclusive"), ["subTotal"] = Number(100), ["totalTax"] = Number(15), ["total"] = Number(115),
        ["amountPaid"] = Number(0), ["amountCredited"] = Number(0), ["amountDue"] = Number(115), ["subTotalBase"] = Number(100),
        ["totalTaxBase"] = Number(15), ["totalBase"] = Number(115), ["amountDueBase"] = Number(115),
        ["isDiscounted"] = YesNo(false), ["hasAttachments"] = YesNo(false), ["hasErrors"] = YesNo(false),
        ["lineCount"] = Number(0), ["updated"] = CellValue.Instant(new(2018, 11, 2, 16, 37, 28, 927, TimeSpan.Zero)),
        ["recordLink"] = Text(Link + "7ef31b20-de17-4312-8382-412f869b1510"),
        ["contactId"] = Text("a3675fc4-f8dd-4f03-ba5b-f1870566bcd7"),
        ["invoiceId"] = Text("7ef31b20-de17-4312-8382-412f869b1510"),
    };

    private static Dictionary<string, CellValue> Inv0006 => new()
    {
        ["invoiceNumber"] = Text("INV-0006"), ["reference"] = Text("Tour"), ["status"] = Text("PAID"), ["statusCode"] = Text("PAID"),
        ["customer"] = Text("Liam Gallagher"), ["date"] = Day(2019, 3, 7), ["dueDate"] = Day(2019, 3, 13),
        ["fullyPaidOn"] = Day(2019, 3, 19), ["currency"] = Text("NZD"), ["currencyRate"] = Number(1),
        ["lineAmounts"] = Text("Exclusive"), ["subTotal"] = Number(148062.76m), ["totalTax"] = Number(0),
        ["total"] = Number(148062.76m), ["amountPaid"] = Number(148062.76m), ["amountDue"] = Number(0),
        ["subTotalBase"] = Number(148062.76m), ["totalTaxBase"] = Number(0), ["totalBase"] = Number(148062.76m),
        ["amountDueBase"] = Number(0), ["sent"] = YesNo(false), ["isDiscounted"] = YesNo(false),
        ["hasAttachments"] = YesNo(true), ["hasErrors"] = YesNo(false), ["lineCount"] = Number(1),
        ["updated"] = CellValue.Instant(new(2019, 3, 7, 17, 59, 28, 133, TimeSpan.Zero)),
        ["recordLink"] = Text(Link + "a03ffcd2-5d91-4c7e-b483-318584e9e439"),
        ["contactId"] = Text("430fa14a-f945-44d3-9f97-5df5e28441b8"),
        ["invoiceId"] = Text("a03ffcd2-5d91-4c7e-b483-318584e9e439"),
    };

    private static CellValue Text(string value) => CellValue.Text(value);

    private static CellValue Number(decimal value) => CellValue.Number(value);

    private static CellValue YesNo(bool value) => CellValue.YesNo(value);

    private static CellValue Day(int year, int month, int day) => CellValue.Date(new(year, month, day));
}
