using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>The groups that contacts are in.</summary>
internal static class ContactGroupMaker
{
    public static string IdOf(Organization organization, int group) =>
        DerivedId.Of($"{organization.TenantId} contact group {group}");

    /// <summary>How many of the groups, from the first, the contact at this place is in.</summary>
    public static int Of(int contact) => contact % 3;

    public static IEnumerable<Record> All(Organization organization) => Enumerable.Range(1, 2).Select(group =>
        Record.Given("ContactGroups", "ContactGroupID", new JsonObject
        {
            ["ContactGroupID"] = IdOf(organization, group),
            ["Name"] = $"Group {group}",
            ["Status"] = "ACTIVE",
            ["Contacts"] = new JsonArray([.. Enumerable.Range(0, Catalog.Contacts.Length)
                .Where(contact => Of(contact) >= group)
                .Select(contact => Parts.Contact(ContactMaker.At(organization, contact)))]),
            ["HasValidationErrors"] = false,
        }));
}
