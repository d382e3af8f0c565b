using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>What came in and went out at each bank account, in the base currency.</summary>
internal static class BankSummary
{
    public static Report Of(ReportContext context)
    {
        var from = context.Query.Date("fromDate") ?? Months.First(context.Query.Date("toDate") ?? context.Today);
        var to = context.Query.Date("toDate") ?? Months.Last(context.Query.Date("fromDate") ?? context.Today);
        var entries = context.Ledger.Accrual;
        var opening = OrganizationLedger.Sums(entries, null, from.AddDays(-1), line => line.Account.IsBank);
        var received = OrganizationLedger.Sums(entries, from, to, line => line.Account.IsBank && line.Net > 0);
        var spent = OrganizationLedger.Sums(entries, from, to, line => line.Account.IsBank && line.Net < 0);
        var rows = opening.Keys.Union(received.Keys).Union(spent.Keys)
            .OrderBy(account => account.Name, StringComparer.OrdinalIgnoreCase)
            .Select(account => (Account: account, Amounts: Amounts(account))).ToList();

        return new Report(["Bank Summary", context.Organization, $"From {Rows.Long(from)} to {Rows.Long(to)}"],
        [
            Rows.Header("Bank Accounts", ["Opening Balance", "Cash Received", "Cash Spent", "Closing Balance"]),
            Rows.Section("",
            [
                .. rows.Select(row => Rows.Row("Row",
                [
                    Rows.Cell(row.Account.Name, ("accountID", row.Account.Id)), Rows.Cell(Rows.Money(row.Amounts[0])),
                    Rows.Cell(Rows.Money(row.Amounts[1]), ("account", row.Account.Id)),
                    Rows.Cell(Rows.Money(row.Amounts[2]), ("account", row.Account.Id)),
                    Rows.Cell(Rows.Money(row.Amounts[3])),
                ])),
                Rows.Summary("Total", Enumerable.Range(0, 4).Select(column => rows.Sum(row => row.Amounts[column]))),
            ]),
        ]);

        decimal[] Amounts(LedgerAccount account)
        {
            var (before, came, went) = (opening.GetValueOrDefault(account), received.GetValueOrDefault(account),
                -spent.GetValueOrDefault(account));
            return [before, came, went, before + came - went];
        }
    }
}
