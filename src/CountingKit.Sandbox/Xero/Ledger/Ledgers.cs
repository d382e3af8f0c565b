using CountingKit.Sandbox.Xero.Books;

namespace CountingKit.Sandbox.Xero.Ledger;

/// <summary>Ledgers by organization; the last one is kept until a record of the books changes.</summary>
internal sealed class Ledgers(XeroState state, FurtherBooks further, Organizations organizations)
{
    private readonly Lock _lock = new();
    private (string TenantId, long Revision, OrganizationLedger Ledger)? _last;

    public OrganizationLedger Of(string tenantId)
    {
        further.Make(tenantId);
        lock (_lock)
        {
            var revision = state.BooksRevision;
            if (_last is { } last && last.TenantId == tenantId && last.Revision == revision) return last.Ledger;
            using var session = state.File.Open();
            var ledger = OrganizationLedger.Read(session, organizations.Of(tenantId));
            _last = (tenantId, revision, ledger);
            return ledger;
        }
    }
}
