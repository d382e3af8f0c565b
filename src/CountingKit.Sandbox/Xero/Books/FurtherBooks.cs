using System.Collections.Concurrent;
using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.Books.Documents;
using CountingKit.Sandbox.Xero.Books.Settings;

namespace CountingKit.Sandbox.Xero.Books;

/// <summary>
/// Everything in the books beside accounts, contacts and invoices. It is made when somebody first asks for some of it, so
/// that a sandbox starts fast, and is what it would have been at the start.
/// </summary>
internal sealed class FurtherBooks(XeroState state, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Seed> _made = [];

    public void Make(string tenantId)
    {
        if (_made.ContainsKey(tenantId)) return;
        _made[tenantId] = state.File.Transact(session => Make(session, tenantId));
        state.BooksChanged();
    }

    /// <summary>Payments that these invoices tell of, where the payments are made already and lack them.</summary>
    public void Follow(SandboxSession session, string tenantId, IEnumerable<Record> invoices)
    {
        if (session.Number("SELECT made FROM books WHERE tenant_id = $1", tenantId) == 0) return;
        var seed = SeedOf(session, tenantId);
        foreach (var payment in invoices.SelectMany((invoice, place) =>
            PaymentMaker.Of(seed, StoredInvoice.Read(invoice.Json, seed.Country.Currency), place)))
            StoreNew(session, tenantId, payment);
    }

    private Seed Make(SandboxSession session, string tenantId)
    {
        var seed = SeedOf(session, tenantId);
        if (session.Number("SELECT made FROM books WHERE tenant_id = $1", tenantId) != 0) return seed;
        var invoices = StoredInvoice.All(session, tenantId, seed.Country.Currency);
        IEnumerable<Record> missing = IsNoted(session, tenantId) ? [] : AccountMaker.All(seed.Organization, seed.Now);
        foreach (var record in missing.Concat(Settings(seed)).Concat(Documents(seed, invoices)))
            StoreNew(session, tenantId, record);
        session.Execute(
            "INSERT INTO books VALUES ($1, $2, $3, 1) ON CONFLICT (tenant_id) DO UPDATE SET made = 1",
            tenantId, seed.Invoices, seed.Now.ToUnixTimeMilliseconds());
        return seed;
    }

    private static bool IsNoted(SandboxSession session, string tenantId) =>
        session.Number("SELECT count(*) FROM books WHERE tenant_id = $1", tenantId) > 0;

    /// <summary>As it was noted at the start; a state that is older than these notes is taken as it is now.</summary>
    private Seed SeedOf(SandboxSession session, string tenantId)
    {
        var organization = session.Query("SELECT ordinal, tenant_id, name FROM organizations WHERE tenant_id = $1",
            row => new Organization(row.GetInt32(0), row.GetString(1), row.GetString(2)), tenantId)[0];
        return session.First("SELECT invoices, now FROM books WHERE tenant_id = $1",
            row => new Seed(organization, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetInt32(0)),
            tenantId) ?? new Seed(organization, clock.GetUtcNow(), (int)session.Number(
                "SELECT count(*) FROM records WHERE tenant_id = $1 AND resource = 'Invoices' AND type = 'ACCREC'", tenantId));
    }

    private static IEnumerable<Record> Settings(Seed seed) =>
    [
        .. TaxRateMaker.All(seed), .. TrackingOption.AllCategories(seed.Organization), .. ListMaker.AllCurrencies(seed),
        .. ListMaker.AllUsers(seed), .. ItemMaker.All(seed), .. ContactGroupMaker.All(seed.Organization),
        .. BudgetMaker.All(seed),
    ];

    private static IEnumerable<Record> Documents(Seed seed, IReadOnlyList<StoredInvoice> invoices) =>
        PaymentMaker.All(seed, invoices)
            .Concat(CreditNoteMaker.All(seed, invoices)).Concat(AdvanceMaker.All(seed, invoices))
            .Concat(BankTransactionMaker.All(seed)).Concat(BankTransferMaker.All(seed))
            .Concat(ManualJournalMaker.All(seed)).Concat(PurchaseOrderMaker.All(seed))
            .Concat(QuoteMaker.All(seed)).Concat(RepeatingInvoiceMaker.All(seed));

    private static void StoreNew(SandboxSession session, string tenantId, Record record) => session.Execute("""
        INSERT INTO records (tenant_id, resource, id, type, status, updated, json)
        SELECT $1, $2, $3, $4, $5, $6, $7
        WHERE NOT EXISTS (SELECT 1 FROM records WHERE tenant_id = $1 AND resource = $2 AND id = $3)
        """, tenantId, record.Resource, record.Id, record.Type, record.Status, record.Updated, record.Json);
}
