namespace CountingKit.Tests.Datasets.Records;

internal static class TrackingCategoryRecords
{
    public static HandWrittenDataset Of { get; } = new("trackingCategories",
        new HandWritten(
            """
            {"TrackingCategoryID":"B5000000-0000-4000-8000-000000000001","Name":"=Region <b>","Status":"ACTIVE",
             "Options":[{"TrackingOptionID":"b5000000-0000-4000-8000-0000000000aa","Name":"0090","Status":"ARCHIVED"},
               null,{"Name":"Запад","Status":"","TrackingOptionID":null}]}
            """,
            new Cells(Head)
            {
                ["option"] = "0090", ["optionStatus"] = "ARCHIVED", ["optionId"] = "b5000000-0000-4000-8000-0000000000aa",
            },
            new Cells(Head) { ["option"] = "Запад", ["optionId"] = "B5000000-0000-4000-8000-000000000001 2" }),
        new HandWritten(
            """{"TrackingCategoryID":"b6","Name":"Empty","Status":null,"Options":[]}""",
            new Cells { ["category"] = "Empty", ["trackingCategoryId"] = "b6", ["optionId"] = "b6 1" }),
        new HandWritten(
            """{"TrackingCategoryID":"b7","Name":"Without"}""",
            new Cells { ["category"] = "Without", ["trackingCategoryId"] = "b7", ["optionId"] = "b7 1" }));

    private static Cells Head => new()
    {
        ["category"] = "=Region <b>", ["status"] = "ACTIVE", ["statusCode"] = "ACTIVE",
        ["trackingCategoryId"] = "B5000000-0000-4000-8000-000000000001",
    };
}
