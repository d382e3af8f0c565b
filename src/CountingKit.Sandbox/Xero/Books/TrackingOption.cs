using System.Text.Json;
using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>What a line is tracked by: an option of one of the organization's categories.</summary>
internal sealed record TrackingOption(string CategoryId, string Category, string Id, string Name)
{
    private static readonly (string Name, string Status, (string Name, string Status)[] Options)[] Categories =
    [
        ("Region", "ACTIVE",
        [
            ("North", "ACTIVE"), ("South", "ACTIVE"), ("=East", "ACTIVE"), ("0090", "ACTIVE"), ("Old Town", "ARCHIVED"),
        ]),
        ("Salesperson", "ACTIVE",
            [("Zoë <b>", "ACTIVE"), ("田中", "ACTIVE"), ("+Sam", "ACTIVE"), ("Left the firm", "ARCHIVED")]),
        ("Projects until 2019", "ARCHIVED", [("Pier", "ARCHIVED")]),
        ("\"Unused\" category", "ARCHIVED", []),
    ];

    /// <summary>The n-th line's: none, one, or two of them in either order.</summary>
    public static IReadOnlyList<TrackingOption> Of(Organization organization, int n) => (n % 12) switch
    {
        0 => [At(organization, 0, n / 12), At(organization, 1, n / 12)],
        6 => [At(organization, 1, n / 12), At(organization, 0, n / 12)],
        3 => [At(organization, 0, n / 12)],
        9 => [At(organization, 1, n / 12)],
        _ => [],
    };

    public JsonObject ToJson() => new()
    {
        ["Name"] = Category,
        ["Option"] = Name,
        ["TrackingCategoryID"] = CategoryId,
        ["TrackingOptionID"] = Id,
    };

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("Name", Category);
        writer.WriteString("Option", Name);
        writer.WriteString("TrackingCategoryID", CategoryId);
        writer.WriteString("TrackingOptionID", Id);
        writer.WriteEndObject();
    }

    public static IEnumerable<Record> AllCategories(Organization organization) => Categories.Select(category =>
        Record.Given("TrackingCategories", "TrackingCategoryID", new JsonObject
        {
            ["Name"] = category.Name,
            ["Status"] = category.Status,
            ["TrackingCategoryID"] = CategoryIdOf(organization, category.Name),
            ["Options"] = new JsonArray([.. category.Options.Select(option => new JsonObject
            {
                ["TrackingOptionID"] = OptionIdOf(organization, category.Name, option.Name),
                ["Name"] = option.Name,
                ["Status"] = option.Status,
                ["HasValidationErrors"] = false,
                ["IsDeleted"] = false,
                ["IsArchived"] = option.Status == "ARCHIVED",
                ["IsActive"] = option.Status == "ACTIVE",
            })]),
        }));

    private static TrackingOption At(Organization organization, int category, int n)
    {
        var (name, _, options) = Categories[category];
        var option = options[n % options.Length].Name;
        return new(CategoryIdOf(organization, name), name, OptionIdOf(organization, name, option), option);
    }

    private static string CategoryIdOf(Organization organization, string category) =>
        DerivedId.Of($"{organization.TenantId} tracking {category}");

    private static string OptionIdOf(Organization organization, string category, string option) =>
        DerivedId.Of($"{organization.TenantId} tracking {category} {option}");
}
