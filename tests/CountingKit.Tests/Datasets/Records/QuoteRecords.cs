namespace CountingKit.Tests.Datasets.Records;

internal static class QuoteRecords
{
    public static HandWrittenDataset Of { get; } = new("quotes",
        new HandWritten(
            """
            {"QuoteID":"91000000-0000-4000-8000-000000000001","QuoteNumber":"QU-0090","Reference":"=REF","Title":"Your <Quote>",
             "Contact":{"ContactID":"91000000-0000-4000-8000-000000000002","Name":"Adam שלום"},"Summary":"+Please","Terms":"Not \"valid\"\nafter",
             "DateString":"2026-02-03T00:00:00","Date":"\/Date(1770076800000)\/","ExpiryDate":"\/Date(1772323200000)\/",
             "Status":"ACCEPTED","CurrencyCode":"AUD","CurrencyRate":0.937053,"LineAmountTypes":"EXCLUSIVE","SubTotal":17.96,
             "TotalTax":"2.69","Total":20.65,"TotalDiscount":1.99,"LineItems":[{"LineAmount":1},null],
             "BrandingThemeID":"91000000-0000-4000-8000-000000000003","UpdatedDateUTC":"\/Date(1321009871111)\/"}
            """,
            new Cells
            {
                ["quoteNumber"] = "QU-0090", ["customer"] = "Adam שלום", ["reference"] = "=REF", ["title"] = "Your <Quote>",
                ["summary"] = "+Please", ["date"] = Cells.Day("2026-02-03"), ["expiryDate"] = Cells.Day("2026-03-01"),
                ["status"] = "ACCEPTED", ["statusCode"] = "ACCEPTED", ["currency"] = "AUD", ["currencyRate"] = 0.937053m,
                ["lineAmounts"] = "EXCLUSIVE", ["subTotal"] = 17.96m, ["totalTax"] = 2.69m, ["total"] = 20.65m,
                ["totalDiscount"] = 1.99m, ["totalBase"] = 22.04m, ["terms"] = "Not \"valid\"\nafter", ["lineCount"] = 1,
                ["updated"] = Cells.Moment("2011-11-11 11:11:11.111"), ["brandingThemeId"] = "91000000-0000-4000-8000-000000000003",
                ["contactId"] = "91000000-0000-4000-8000-000000000002", ["quoteId"] = "91000000-0000-4000-8000-000000000001",
            }),
        new HandWritten(
            """{"QuoteID":"92","QuoteNumber":"0090","Title":"","Summary":null,"Date":"2026-02-03T00:00:00+13:00","Total":-1}""",
            new Cells { ["quoteId"] = "92", ["quoteNumber"] = "0090", ["date"] = Cells.Day("2026-02-03"), ["total"] = -1 }));
}
