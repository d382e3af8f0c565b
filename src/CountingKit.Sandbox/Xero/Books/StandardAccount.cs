namespace CountingKit.Sandbox.Xero.Books;

/// <summary>An account that every organization has from the start.</summary>
/// <param name="Code">Empty: a bank account without one.</param>
/// <param name="System">What Xero itself uses it for.</param>
/// <param name="Currency">Of a bank account; null: the base currency.</param>
internal sealed record StandardAccount(
    string Code, string Name, string Type, string Class, string System = "", string? Currency = null)
{
    public const string Bank = "090";
    public const string Savings = "095";
    public const string CreditCard = "Company Credit Card";

    public static readonly IReadOnlyList<StandardAccount> All =
    [
        new(Bank, "Business Bank Account", "BANK", "ASSET"),
        new("091", "EUR Account", "BANK", "ASSET", Currency: "EUR"),
        new("092", "USD Account", "BANK", "ASSET", Currency: "USD"),
        new("093", "GBP Account", "BANK", "ASSET", Currency: "GBP"),
        new(Savings, "Savings <b>2 %</b>", "BANK", "ASSET"), new("", CreditCard, "BANK", "ASSET"),
        new("0090", "Training & Consulting Income", "REVENUE", "REVENUE"), new("200", "Sales", "REVENUE", "REVENUE"),
        new("260", "Other Revenue", "REVENUE", "REVENUE"), new("270", "Interest Income", "OTHERINCOME", "REVENUE"),
        new("310", "Cost of Goods Sold", "DIRECTCOSTS", "EXPENSE"), new("400", "Advertising", "EXPENSE", "EXPENSE"),
        new("404", "Bank Fees", "EXPENSE", "EXPENSE"), new("416", "Depreciation", "DEPRECIATN", "EXPENSE"),
        new("425", "Freight & Courier", "EXPENSE", "EXPENSE"), new("429", "+General Expenses", "EXPENSE", "EXPENSE"),
        new("441", "Legal expenses", "EXPENSE", "EXPENSE"), new("445", "Light, Power, Heating", "EXPENSE", "EXPENSE"),
        new("453", "Office Expenses", "EXPENSE", "EXPENSE"), new("461", "Printing & Stationery", "EXPENSE", "EXPENSE"),
        new("469", "Rent", "EXPENSE", "EXPENSE"), new("477", "Wages and Salaries", "OVERHEADS", "EXPENSE"),
        new("497", "Bank Revaluations", "EXPENSE", "EXPENSE", "BANKCURRENCYGAIN"),
        new("498", "Unrealised Currency Gains", "EXPENSE", "EXPENSE", "UNREALISEDCURRENCYGAIN"),
        new("499", "Realised Currency Gains", "EXPENSE", "EXPENSE", "REALISEDCURRENCYGAIN"),
        new("610", "Accounts Receivable", "CURRENT", "ASSET", "DEBTORS"),
        new("620", "Prepayments (paid ahead)", "PREPAYMENT", "ASSET"), new("630", "Inventory", "INVENTORY", "ASSET"),
        new("0099", "Petty cash, old", "CURRENT", "ASSET"), new("710", "Office Equipment", "FIXED", "ASSET"),
        new("711", "Less Accumulated Depreciation on Office Equipment", "FIXED", "ASSET"),
        new("720", "=Goodwill & \"Märkte\"", "NONCURRENT", "ASSET"),
        new("800", "Accounts Payable", "CURRLIAB", "LIABILITY", "CREDITORS"),
        new("820", "Sales Tax", "CURRLIAB", "LIABILITY", "GST"), new("850", "Suspense", "CURRLIAB", "LIABILITY"),
        new("860", "Rounding", "CURRLIAB", "LIABILITY", "ROUNDING"), new("900", "Loan", "TERMLIAB", "LIABILITY"),
        new("960", "Retained Earnings", "EQUITY", "EQUITY", "RETAINEDEARNINGS"),
        new("970", "Owner A Funds Introduced", "EQUITY", "EQUITY"), new("980", "Owner A Drawings", "EQUITY", "EQUITY"),
    ];

    public string Status => Code == "0099" ? "ARCHIVED" : "ACTIVE";

    public string Key => Code.Length > 0 ? Code : Name;

    /// <param name="key">Its code, or the name of one that has none.</param>
    public static string IdOf(string tenantId, string key) => DerivedId.Of($"{tenantId} account {key}");

    public static StandardAccount Of(string key) => All.First(account => account.Key == key);
}
