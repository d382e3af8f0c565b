using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>The chart of accounts.</summary>
internal static class AccountMaker
{
    public static IEnumerable<Record> All(Organization organization, DateTimeOffset now) =>
        Catalog.Accounts.Select(account =>
        {
            var id = DerivedId.Of($"{organization.TenantId} account {account.Code}");
            var updated = now.AddYears(-1).ToUnixTimeMilliseconds();
            var json = new JsonObject
            {
                ["AccountID"] = id,
                ["Code"] = account.Code,
                ["Name"] = account.Name,
                ["Status"] = "ACTIVE",
                ["Type"] = account.Type,
                ["TaxType"] = account.Class switch
                {
                    "REVENUE" => organization.Country.SalesTax,
                    "EXPENSE" => organization.Country.PurchaseTax,
                    _ => "NONE",
                },
                ["Class"] = account.Class,
                ["EnablePaymentsToAccount"] = false,
                ["ShowInExpenseClaims"] = false,
                ["UpdatedDateUTC"] = $"/Date({updated}+0000)/",
                ["HasAttachments"] = false,
            };
            if (account.Type == "BANK")
            {
                json["BankAccountNumber"] = "0102030405060";
                json["BankAccountType"] = "BANK";
                json["CurrencyCode"] = organization.Country.Currency;
            }

            return new Record("Accounts", id, account.Type, "ACTIVE", updated, XeroJson.Text(json));
        });
}
