namespace CountingKit.Tests.Datasets.Records;

internal static class CurrencyRecords
{
    public static HandWrittenDataset Of { get; } = new("currencies",
        new HandWritten(
            """{"Code":"NZD","Description":"=New Zealand <Dollar> 元"}""",
            new Cells { ["code"] = "NZD", ["description"] = "=New Zealand <Dollar> 元" }),
        new HandWritten("""{"Code":"EUR","Description":""}""", new Cells { ["code"] = "EUR" }));
}
