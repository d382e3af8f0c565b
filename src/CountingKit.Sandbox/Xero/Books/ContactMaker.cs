using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books;

internal sealed record ContactName(string Id, string Name);

/// <summary>
/// The customers and suppliers of an organization. The first two thirds buy, the last two thirds sell.
/// </summary>
internal static class ContactMaker
{
    public static ContactName Pick(Organization organization, bool supplier, Random random)
    {
        var third = Catalog.Contacts.Length / 3;
        return At(organization, random.Next(2 * third) + (supplier ? third : 0));
    }

    public static IEnumerable<Record> All(Organization organization, DateTimeOffset now)
    {
        var third = Catalog.Contacts.Length / 3;
        for (var i = 0; i < Catalog.Contacts.Length; i++)
        {
            var (id, name) = At(organization, i);
            var updated = now.AddDays(-30 - i);
            var status = i % 16 == 15 ? "ARCHIVED" : "ACTIVE";
            var json = new JsonObject
            {
                ["ContactID"] = id,
                ["ContactStatus"] = status,
                ["Name"] = name,
                ["EmailAddress"] = $"accounts{i}@example.com",
                ["AccountNumber"] = i % 4 == 0 ? $"00{i}" : "",
                ["Addresses"] = new JsonArray(
                    new JsonObject { ["City"] = "", ["AddressType"] = "STREET" },
                    new JsonObject
                    {
                        ["AddressLine1"] = $"{i + 1} High Street", ["City"] = "Springfield", ["PostalCode"] = $"0{i:0000}",
                        ["AddressType"] = "POBOX",
                    }),
                ["Phones"] = new JsonArray(
                    new JsonObject
                    {
                        ["PhoneNumber"] = organization.Country.Phone, ["PhoneCountryCode"] = i % 2 == 0 ? "+44" : "",
                        ["PhoneType"] = "DEFAULT",
                    },
                    new JsonObject { ["PhoneNumber"] = "", ["PhoneType"] = "MOBILE" }),
                ["UpdatedDateUTC"] = $"/Date({updated.ToUnixTimeMilliseconds()}+0000)/",
                ["ContactGroups"] = new JsonArray(
                    [.. Enumerable.Range(1, ContactGroupMaker.Of(i)).Select(n => new JsonObject
                    {
                        ["ContactGroupID"] = ContactGroupMaker.IdOf(organization, n), ["Name"] = $"Group {n}",
                        ["Status"] = "ACTIVE",
                    })]),
                ["IsSupplier"] = i >= third,
                ["IsCustomer"] = i < 2 * third,
                ["DefaultCurrency"] = organization.Country.Currency,
                ["Balances"] = i >= 2 * third ? null : new JsonObject
                {
                    ["AccountsReceivable"] = new JsonObject { ["Outstanding"] = i * 10.10m, ["Overdue"] = i % 2 * 5.05m },
                    ["AccountsPayable"] = new JsonObject { ["Outstanding"] = 0, ["Overdue"] = 0 },
                },
                ["ContactPersons"] = new JsonArray(),
                ["HasAttachments"] = false,
                ["HasValidationErrors"] = false,
            };
            yield return new Record(
                "Contacts", id, null, status, updated.ToUnixTimeMilliseconds(), XeroJson.Text(json));
        }
    }

    public static ContactName At(Organization organization, int index) =>
        new(DerivedId.Of($"{organization.TenantId} contact {index}"), Catalog.Contacts[index]);
}
