namespace CountingKit.Tests.Datasets.Records;

internal static class TaxRateRecords
{
    public static HandWrittenDataset Of { get; } = new("taxRates",
        new HandWritten(
            """
            {"Name":"=15% GST <small>","TaxType":"TAX001","ReportTaxType":"INPUT","Status":"PENDING","DisplayTaxRate":15.5,
             "EffectiveRate":"15.525","CanApplyToAssets":true,"CanApplyToEquity":false,"CanApplyToExpenses":"true",
             "CanApplyToLiabilities":false,"CanApplyToRevenue":true,
             "TaxComponents":[{"Name":"+GST, Ö","Rate":15.0,"IsCompound":false},null,{"Name":"PST","Rate":"0.5","IsCompound":true}]}
            """,
            new Cells
            {
                ["name"] = "=15% GST <small>", ["status"] = "PENDING", ["statusCode"] = "PENDING", ["displayRate"] = 15.5m,
                ["effectiveRate"] = 15.525m, ["reportTaxType"] = "INPUT", ["appliesToAssets"] = true, ["appliesToEquity"] = false,
                ["appliesToExpenses"] = true, ["appliesToLiabilities"] = false, ["appliesToRevenue"] = true,
                ["components"] = "+GST, Ö, PST", ["componentRates"] = "15.0, 0.5", ["taxType"] = "TAX001",
            }),
        new HandWritten(
            """
            {"TaxType":"NONE","Name":"","CanApplyToAssets":true,"CanApplyToEquity":true,"CanApplyToExpenses":false,
             "CanApplyToLiabilities":false,"CanApplyToRevenue":null,"DisplayTaxRate":0,"EffectiveRate":null,"TaxComponents":[]}
            """,
            new Cells
            {
                ["taxType"] = "NONE", ["appliesToAssets"] = true, ["appliesToEquity"] = true, ["appliesToExpenses"] = false,
                ["appliesToLiabilities"] = false, ["displayRate"] = 0,
            }));
}
