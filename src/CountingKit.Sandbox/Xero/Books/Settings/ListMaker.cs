using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Settings;

/// <summary>Short lists: currencies and users.</summary>
internal static class ListMaker
{
    private static readonly (string Code, string Name)[] Currencies =
    [
        ("GBP", "British Pound"), ("NZD", "New Zealand Dollar"), ("AUD", "Australian Dollar"),
        ("USD", "United States Dollar"), ("EUR", "Euro"),
    ];

    public static IEnumerable<Record> AllCurrencies(Seed seed) => Currencies
        .Where(currency => currency.Code is "EUR" or "USD" or "GBP" || currency.Code == seed.Country.Currency)
        .Select(currency => Record.Given("Currencies", "Code", new JsonObject
        {
            ["Code"] = currency.Code,
            ["Description"] = currency.Name,
        }));

    public static IEnumerable<Record> AllUsers(Seed seed)
    {
        (string First, string Last, string Role)[] people =
            [("Mary", "Advisor", "FINANCIALADVISER"), ("Sam", "O'Neil <sam>", "STANDARD"), ("Иван", "=1+1", "READONLY")];
        for (var i = 0; i < people.Length; i++)
        {
            var json = new JsonObject
            {
                ["UserID"] = seed.Id("user", i),
                ["EmailAddress"] = $"user{i}@example.com",
                ["FirstName"] = people[i].First,
                ["LastName"] = people[i].Last,
                ["IsSubscriber"] = i == 0,
                ["OrganisationRole"] = people[i].Role,
            };
            Parts.Changed(json, seed.Now.AddDays(-200 * i - 10), withText: false);
            yield return Record.Given("Users", "UserID", json);
        }
    }
}
