using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>
/// One row per option of a tracking category; a category without options has one row (Xero Accounting API,
/// TrackingCategories).
/// </summary>
internal static class TrackingCategories
{
    public static Dataset Dataset { get; } = new(
        Key: "trackingCategories",
        Title: "Tracking categories",
        Version: 1,
        Resource: new("TrackingCategories", "TrackingCategoryID", "includeArchived=true", ["accounting.settings.read"])
        {
            Paging = Paging.Whole, IsOrdered = false, TellsChanges = false,
        },
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("category", "Category", Text, "Name"),
            new("status", "Category Status", Text, "Status"),
            ColumnSets.StatusCode(),
            new("option", "Option", Text, "Options[].Name"),
            new("optionStatus", "Option Status", Text, "Options[].Status",
                Words: Codes.ListStatuses.ToDictionary(status => status.Value, status => status.Meaning)),
            ColumnSets.Id("trackingCategoryId", "Tracking Category ID", "TrackingCategoryID"),
            new("optionId", "Option ID", Text, "=id(Options[].TrackingOptionID, TrackingCategoryID)",
                Note: ColumnSets.IdentifiesRow),
        ],
        KeyColumn: "optionId",
        DefaultSort: [new("category"), new("option")],
        NameColumn: "category",
        Statuses: Codes.ListStatuses)
    {
        List = new("Options", KeepsEmpty: true),
    };
}
