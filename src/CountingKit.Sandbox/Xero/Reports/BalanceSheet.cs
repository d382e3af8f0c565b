using System.Globalization;
using System.Text.Json.Nodes;
using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>What is owned and owed at the ends of months. Profits of years before are retained earnings.</summary>
internal static class BalanceSheet
{
    private static readonly (string Title, string[] Types)[] Assets =
    [
        ("Bank", ["BANK"]), ("Current Assets", ["CURRENT", "INVENTORY", "PREPAYMENT"]), ("Fixed Assets", ["FIXED"]),
        ("Non-current Assets", ["NONCURRENT"]),
    ];

    private static readonly (string Title, string[] Types)[] Liabilities =
        [("Current Liabilities", ["CURRLIAB", "PAYG"]), ("Non-Current Liabilities", ["LIABILITY", "TERMLIAB"])];

    public static Report Of(ReportContext context)
    {
        var end = Months.Last(context.Query.Date("date") ?? context.Today);
        var (periods, months) = (context.Query.Periods(0), context.Query.Timeframe());
        List<Column> columns = [.. Enumerable.Range(0, periods + 1)
            .Select(period => new Column(context, Months.Last(Months.First(end).AddMonths(-period * months))))];
        return new Report(["Balance Sheet", context.Organization, $"As at {Rows.Long(end)}"],
        [
            Rows.Header("", columns.Select(column => Rows.Short(column.Date))),
            Rows.Section("Assets", []),
            .. Assets.SelectMany(part => Part(columns, part.Title, part.Types, sign: 1)),
            Rows.Section("", [Rows.Summary("Total Assets", columns.Select(column => column.Of("ASSET")))]),
            Rows.Section("Liabilities", []),
            .. Liabilities.SelectMany(part => Part(columns, part.Title, part.Types, sign: -1)),
            Rows.Section("", [Rows.Summary("Total Liabilities", columns.Select(column => -column.Of("LIABILITY")))]),
            Rows.Section("", [Rows.Plain("Net Assets", columns.Select(column => column.NetAssets))]),
            Rows.Section("Equity",
            [
                .. Equity(columns).OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase).Select(row => row.Row),
                Rows.Summary("Total Equity", columns.Select(column => column.Equity)),
            ]),
        ]);
    }

    private static IEnumerable<JsonObject> Part(IReadOnlyList<Column> columns, string title, string[] types, int sign)
    {
        var accounts = Accounts(columns, account => types.Contains(account.Type)).ToList();
        if (accounts.Count == 0) yield break;
        yield return Rows.Section(title,
        [
            .. accounts.Select(account => Rows.Account(account, columns.Select(column => sign * column.Of(account)))),
            Rows.Summary($"Total {title}", columns.Select(column => sign * accounts.Sum(column.Of))),
        ]);
    }

    private static IEnumerable<(string Name, JsonObject Row)> Equity(IReadOnlyList<Column> columns)
    {
        var none = Guid.Empty.ToString();
        yield return ("Current Year Earnings", Rows.Row("Row",
        [
            Rows.Cell("Current Year Earnings", ("account", none)),
            .. columns.Select(column => Rows.Cell(Rows.Money(column.ThisYear), ("account", none),
                ("fromDate", Attribute(column.YearStart)), ("toDate", Attribute(column.Date)))),
        ]));
        foreach (var account in Accounts(columns, account => account.Class == "EQUITY" && account.System != "RETAINEDEARNINGS"))
            yield return (account.Name, Rows.Account(account, columns.Select(column => -column.Of(account))));
        var retained = columns[0].Retained;
        yield return (retained.Name, Rows.Row("Row",
        [
            Rows.Cell(retained.Name, ("account", retained.Id)),
            .. columns.Select(column => Rows.Cell(Rows.Money(column.YearsBefore - column.Of(retained)),
                ("account", retained.Id), ("fromDate", ""), ("toDate", Attribute(column.Date)))),
        ]));
    }

    private static IEnumerable<LedgerAccount> Accounts(IReadOnlyList<Column> columns, Func<LedgerAccount, bool> which) =>
        columns.SelectMany(column => column.Accounts).Where(which).Distinct()
            .Where(account => columns.Any(column => column.Of(account) != 0))
            .OrderBy(account => account.Name, StringComparer.OrdinalIgnoreCase);

    private static string Attribute(DateOnly day) => day.ToString("M/d/yyyy", CultureInfo.InvariantCulture);

    /// <summary>The balances of one day.</summary>
    private sealed class Column
    {
        private readonly Dictionary<LedgerAccount, decimal> _balances;

        public Column(ReportContext context, DateOnly date)
        {
            (Date, YearStart, Retained) = (date, context.Year.StartOf(date), context.Ledger.Chart.System("RETAINEDEARNINGS"));
            var options = ((string?[])[context.Query.Text("trackingOptionID1"), context.Query.Text("trackingOptionID2")])
                .OfType<string>().ToList();
            Func<EntryLine, bool>? counts = options.Count == 0 ? null : line => options.All(option =>
                line.Tracking.Any(by => string.Equals(by.OptionId, option, StringComparison.OrdinalIgnoreCase)));
            _balances = OrganizationLedger.Sums(context.Entries, null, date, counts);
            ThisYear = ProfitAndLoss.NetProfit(OrganizationLedger.Sums(context.Entries, YearStart, date, counts));
            YearsBefore = ProfitAndLoss.NetProfit(_balances) - ThisYear;
        }

        public DateOnly Date { get; }

        public DateOnly YearStart { get; }

        public LedgerAccount Retained { get; }

        public decimal ThisYear { get; }

        public decimal YearsBefore { get; }

        public IEnumerable<LedgerAccount> Accounts => _balances.Keys;

        public decimal NetAssets => Of("ASSET") + Of("LIABILITY");

        public decimal Equity => ThisYear + YearsBefore - Of("EQUITY");

        public decimal Of(LedgerAccount account) => _balances.GetValueOrDefault(account);

        public decimal Of(string accountClass) =>
            _balances.Where(balance => balance.Key.Class == accountClass).Sum(balance => balance.Value);
    }
}
