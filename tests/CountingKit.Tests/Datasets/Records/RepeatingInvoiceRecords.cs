namespace CountingKit.Tests.Datasets.Records;

internal static class RepeatingInvoiceRecords
{
    public static HandWrittenDataset Of { get; } = new("repeatingInvoices",
        new HandWritten(
            """
            {"RepeatingInvoiceID":"a3000000-0000-4000-8000-000000000001","ID":"a3000000-0000-4000-8000-00000000000f","Type":"ACCPAY",
             "Contact":{"ContactID":"a3000000-0000-4000-8000-000000000002","Name":"=Liam <hr> ไทย"},"Reference":"[Week] 0090",
             "Status":"AUTHORISED","Schedule":{"Period":"2","Unit":"WEEKLY","DueDate":10,"DueDateType":"OFFOLLOWINGMONTH",
               "StartDate":"\/Date(1775347200000+0000)\/","NextScheduledDate":"\/Date(1778025600000+0000)\/",
               "EndDate":"\/Date(1780790400000+1200)\/"},
             "CurrencyCode":"SGD","LineAmountTypes":"Exclusive","LineItems":[{},{},{}],"SubTotal":5000.5,"TotalTax":750.25,"Total":"5750.75",
             "ApprovedForSending":true,"MarkAsSent":false,"SendCopy":"true","IncludePDF":false,"HasAttachments":true,
             "BrandingThemeID":"a3000000-0000-4000-8000-000000000003"}
            """,
            new Cells
            {
                ["type"] = "ACCPAY", ["typeCode"] = "ACCPAY", ["contact"] = "=Liam <hr> ไทย", ["reference"] = "[Week] 0090",
                ["status"] = "AUTHORISED", ["statusCode"] = "AUTHORISED", ["every"] = 2, ["unit"] = "WEEKLY",
                ["startDate"] = Cells.Day("2026-04-05"), ["nextDate"] = Cells.Day("2026-05-06"),
                ["endDate"] = Cells.Day("2026-06-07"), ["dueDay"] = 10, ["dueDayType"] = "OFFOLLOWINGMONTH", ["currency"] = "SGD",
                ["lineAmounts"] = "Exclusive", ["subTotal"] = 5000.5m, ["totalTax"] = 750.25m, ["total"] = 5750.75m,
                ["approvedForSending"] = true, ["markAsSent"] = false, ["sendCopy"] = true, ["includePdf"] = false,
                ["hasAttachments"] = true, ["lineCount"] = 3, ["brandingThemeId"] = "a3000000-0000-4000-8000-000000000003",
                ["contactId"] = "a3000000-0000-4000-8000-000000000002",
                ["repeatingInvoiceId"] = "a3000000-0000-4000-8000-000000000001",
            }),
        new HandWritten(
            """
            {"RepeatingInvoiceID":"a4","ApprovedForSending":true,"MarkAsSent":true,"SendCopy":false,"IncludePDF":false,
             "HasAttachments":null,"Schedule":{"EndDate":null,"StartDate":"\/Date(-86400000+0000)\/"}}
            """,
            new Cells
            {
                ["repeatingInvoiceId"] = "a4", ["approvedForSending"] = true, ["markAsSent"] = true, ["sendCopy"] = false,
                ["includePdf"] = false, ["startDate"] = Cells.Day("1969-12-31"),
            }));
}
