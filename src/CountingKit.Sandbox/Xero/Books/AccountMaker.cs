using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>The chart of accounts.</summary>
internal static class AccountMaker
{
    public static IEnumerable<Record> All(Organization organization, DateTimeOffset now) =>
        StandardAccount.All.Select(account =>
        {
            var id = StandardAccount.IdOf(organization.TenantId, account.Key);
            var updated = now.AddYears(-1).ToUnixTimeMilliseconds();
            var json = new JsonObject
            {
                ["AccountID"] = id,
                ["Code"] = account.Code,
                ["Name"] = account.Name,
                ["Status"] = account.Status,
                ["Type"] = account.Type,
                ["TaxType"] = account.Class switch
                {
                    "REVENUE" => organization.Country.SalesTax,
                    "EXPENSE" => organization.Country.PurchaseTax,
                    _ => "NONE",
                },
                ["Class"] = account.Class,
                ["EnablePaymentsToAccount"] = account.Code == "970",
                ["ShowInExpenseClaims"] = account.Code == "429",
                ["UpdatedDateUTC"] = $"/Date({updated}+0000)/",
                ["HasAttachments"] = false,
            };
            if (account.Code.Length == 0) json.Remove("Code");
            if (account.System.Length > 0) json["SystemAccount"] = account.System;
            if (account.Type == "EXPENSE") json["Description"] = $"What is spent on: {account.Name}";
            if (account.Type == "BANK")
            {
                json["BankAccountNumber"] = "0102030405060";
                json["BankAccountType"] = account.Key == StandardAccount.CreditCard ? "CREDITCARD" : "BANK";
                json["CurrencyCode"] = account.Currency ?? organization.Country.Currency;
            }

            return new Record("Accounts", id, account.Type, account.Status, updated, XeroJson.Text(json));
        });
}
