using static CountingKit.Datasets.ColumnType;

namespace CountingKit.Datasets;

/// <summary>One row per currency that the organization uses (Xero Accounting API, Currencies).</summary>
internal static class Currencies
{
    public static Dataset Dataset { get; } = new(
        Key: "currencies",
        Title: "Currencies",
        Version: 1,
        Resource: new("Currencies", "Code", "", ["accounting.settings.read"])
        {
            Paging = Paging.Whole, IsOrdered = false, TellsChanges = false,
        },
        RecordFilter: null,
        Columns:
        [
            ColumnSets.Organization,
            new("code", "Code", Text, "Code", Note: ColumnSets.IdentifiesRow),
            new("description", "Description", Text, "Description"),
        ],
        KeyColumn: "code",
        DefaultSort: [new("code")],
        NameColumn: "code");
}
