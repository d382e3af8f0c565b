namespace CountingKit.Sandbox.Xero.Api.Resources;

/// <summary>Lists that documents refer to. All but the last answer the whole list at once.</summary>
internal static class SettingsResources
{
    private const string Settings = "accounting.settings";

    private static readonly Field[] Dated = [new("UpdatedDateUTC", "updated", Kind.Instant)];

    public static readonly Resource[] All =
    [
        new("Accounts", "AccountID", Settings)
        {
            FromTheStart = true,
            Stamp = Stamp.Updated,
            Fields =
            [
                new("AccountID", "id", Kind.Id), new("Type", "type"), new("Status", "status"), .. Dated,
                Field.Text("Code"), Field.Text("Name"), Field.Text("Class"), Field.Text("SystemAccount"),
            ],
        },
        new("Items", "ItemID", Settings, "accounting.invoices")
        {
            AlsoBy = "Code",
            Stamp = Stamp.Updated,
            Prices = ["SalesDetails.UnitPrice", "PurchaseDetails.UnitPrice"],
            Fields = [new("ItemID", "id", Kind.Id), .. Dated, Field.Text("Code"), Field.Text("Name")],
        },
        new("TaxRates", "TaxType", Settings)
        {
            TellsChanges = false,
            Fields = [new("TaxType", "id"), new("Status", "status"), Field.Text("Name"), Field.Number("EffectiveRate")],
        },
        new("TrackingCategories", "TrackingCategoryID", Settings)
        {
            TellsChanges = false,
            ArchivedIn = "Options",
            Parameters = [new Included("includeArchived", "ARCHIVED")],
            Fields = [new("TrackingCategoryID", "id", Kind.Id), new("Status", "status"), Field.Text("Name")],
        },
        new("Currencies", "Code", Settings)
        {
            TellsChanges = false,
            ListOnly = true,
            Fields = [new("Code", "id"), Field.Text("Description")],
        },
        new("Users", "UserID", Settings)
        {
            Stamp = Stamp.Updated,
            Fields =
            [
                new("UserID", "id", Kind.Id), .. Dated, Field.Text("EmailAddress"), Field.Text("FirstName"),
                Field.Text("LastName"), Field.Text("OrganisationRole"),
            ],
        },
        new("Budgets", "BudgetID", "accounting.budgets")
        {
            TellsChanges = false,
            Filters = false,
            Ordering = Ordering.None,
            Stamp = Stamp.Updated,
            Parameters = [new AnyOf("IDs", "id")],
            InLists = new Cut([], ["BudgetLines"]),
            Single = BudgetWindow.Cut,
        },
    ];
}
