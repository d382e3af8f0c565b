using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books.Documents;

/// <summary>Which bank account money goes through.</summary>
internal static class Banking
{
    public static StandardAccount Pick(Seed seed, string currency, int ordinal)
    {
        if (ordinal % 4 != 1 && Foreign(seed, currency) is { } foreign) return foreign;
        return StandardAccount.Of(ordinal % 9 == 8 ? StandardAccount.Savings
            : ordinal % 7 == 6 ? StandardAccount.CreditCard
            : StandardAccount.Bank);
    }

    public static StandardAccount Own(Seed seed, string currency) =>
        Foreign(seed, currency) ?? StandardAccount.Of(StandardAccount.Bank);

    public static string CurrencyOf(Seed seed, StandardAccount account) => account.Currency ?? seed.Country.Currency;

    public static string IdOf(Seed seed, StandardAccount account) =>
        StandardAccount.IdOf(seed.Organization.TenantId, account.Key);

    /// <summary>As it stands inside a document; a code only where the account has one.</summary>
    public static JsonObject Inside(Seed seed, StandardAccount account)
    {
        var json = new JsonObject { ["AccountID"] = IdOf(seed, account) };
        if (account.Code.Length > 0) json["Code"] = account.Code;
        json["Name"] = account.Name;
        return json;
    }

    private static StandardAccount? Foreign(Seed seed, string currency) => currency == seed.Country.Currency
        ? null
        : StandardAccount.All.FirstOrDefault(account => account.Currency == currency);
}
