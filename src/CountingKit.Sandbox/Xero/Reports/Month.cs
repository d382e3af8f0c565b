using CountingKit.Sandbox.Xero.Ledger;

namespace CountingKit.Sandbox.Xero.Reports;

/// <summary>What one month comes to. Debtors, creditors, assets and bank are those at its end.</summary>
internal sealed class Month
{
    private readonly Dictionary<LedgerAccount, decimal> _moved;
    private readonly Dictionary<LedgerAccount, decimal> _balances;

    public Month(ReportContext context, DateOnly first)
    {
        var last = Months.Last(first);
        var entries = context.Ledger.Accrual;
        Days = last.Day;
        _moved = OrganizationLedger.Sums(entries, first, last);
        _balances = OrganizationLedger.Sums(entries, null, last);
        List<Entry> own = [.. entries.Where(entry => entry.Date >= first && entry.Date <= last && entry.SourceType != "TRANSFER")];
        Received = OrganizationLedger.Sums(own, first, last, line => line.Account.IsBank && line.Net > 0).Values.Sum();
        Spent = -OrganizationLedger.Sums(own, first, last, line => line.Account.IsBank && line.Net < 0).Values.Sum();
        var issued = own.Where(entry => entry.SourceType == "ACCREC").ToList();
        Invoices = issued.Count;
        Invoiced = issued.SelectMany(entry => entry.Lines).Where(line => line.IsTotal).Sum(line => line.Net);
    }

    public int Days { get; }

    public decimal Received { get; }

    public decimal Spent { get; }

    public int Invoices { get; }

    public decimal Invoiced { get; }

    public decimal Bank => Balance(account => account.IsBank);

    public decimal Income => ProfitAndLoss.Total(_moved, ProfitAndLoss.Income);

    public decimal DirectCosts => ProfitAndLoss.Total(_moved, ProfitAndLoss.CostOfSales);

    public decimal OtherIncome => ProfitAndLoss.Total(_moved, ProfitAndLoss.OtherIncome);

    public decimal Expenses => ProfitAndLoss.Total(_moved, ProfitAndLoss.Expenses);

    public decimal Profit => ProfitAndLoss.NetProfit(_moved);

    public decimal Debtors => Balance(account => account.System == "DEBTORS");

    public decimal Creditors => -Balance(account => account.System == "CREDITORS");

    public decimal NetAssets => Balance(account => account.Class is "ASSET" or "LIABILITY");

    public decimal CurrentAssets =>
        Balance(account => account.Type is "BANK" or "CURRENT" or "INVENTORY" or "PREPAYMENT");

    public decimal CurrentLiabilities => -Balance(account => account.Type is "CURRLIAB" or "PAYG");

    public decimal TermAssets => Balance(account => account.Type is "FIXED" or "NONCURRENT");

    public decimal TermLiabilities => -Balance(account => account.Type is "TERMLIAB" or "LIABILITY");

    private decimal Balance(Func<LedgerAccount, bool> which) =>
        _balances.Where(balance => which(balance.Key)).Sum(balance => balance.Value);
}
