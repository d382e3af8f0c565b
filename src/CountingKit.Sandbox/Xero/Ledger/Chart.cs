using System.Text.Json;
using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.Books;

namespace CountingKit.Sandbox.Xero.Ledger;

/// <summary>An account as entries name it.</summary>
/// <param name="Currency">Of a bank account; empty for others.</param>
internal sealed record LedgerAccount(
    string Id, string Code, string Name, string Type, string Class, string System, string Currency)
{
    public bool IsBank => Type == "BANK";

    public bool IsProfitOrLoss => Class is "REVENUE" or "EXPENSE";

    public static LedgerAccount Read(Wire account)
    {
        var type = account.Text("Type");
        return new(account.Text("AccountID"), account.Text("Code"), account.Text("Name"), type,
            account.Text("Class") is { Length: > 0 } told ? told : ClassOf(type), account.Text("SystemAccount"),
            account.Text("CurrencyCode"));
    }

    private static string ClassOf(string type) => type switch
    {
        "REVENUE" or "SALES" or "OTHERINCOME" => "REVENUE",
        "EXPENSE" or "DIRECTCOSTS" or "OVERHEADS" or "DEPRECIATN" => "EXPENSE",
        "EQUITY" => "EQUITY",
        "CURRLIAB" or "LIABILITY" or "TERMLIAB" or "PAYG" => "LIABILITY",
        _ => "ASSET",
    };
}

/// <summary>The accounts of one organization. What documents name and nobody has is the suspense account.</summary>
internal sealed class Chart
{
    private readonly Dictionary<string, LedgerAccount> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, LedgerAccount> _byCode = [];
    private readonly Dictionary<string, LedgerAccount> _bySystem = [];

    private Chart(IEnumerable<LedgerAccount> accounts)
    {
        foreach (var account in accounts)
        {
            _byId[account.Id] = account;
            if (account.Code.Length > 0) _byCode[account.Code] = account;
            if (account.System.Length > 0) _bySystem[account.System] = account;
        }

        Suspense = _byCode["850"];
    }

    public LedgerAccount Suspense { get; }

    /// <summary>The ones that are stored, and the standard ones that are not.</summary>
    public static Chart Read(SandboxSession session, string tenantId) => new(StandardAccount.All
        .Select(account => new LedgerAccount(StandardAccount.IdOf(tenantId, account.Key), account.Code, account.Name,
            account.Type, account.Class, account.System, account.Currency ?? ""))
        .Concat(session.Query("SELECT json FROM records WHERE tenant_id = $1 AND resource = 'Accounts'", row =>
        {
            using var json = JsonDocument.Parse(row.GetString(0));
            return LedgerAccount.Read(new Wire(json.RootElement));
        }, tenantId)));

    public LedgerAccount System(string name) => _bySystem[name];

    public LedgerAccount? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>What a line or a document names: by its id, or else by its code.</summary>
    public LedgerAccount Of(string id, string code) =>
        Find(id) ?? _byCode.GetValueOrDefault(code) ?? Suspense;
}
