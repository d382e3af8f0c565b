using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.Books;

namespace CountingKit.Sandbox.Xero.Ledger;

/// <summary>The entries of one organization, as its records are now.</summary>
internal sealed class OrganizationLedger
{
    private readonly List<Entry> _entries;
    private readonly Lazy<IReadOnlyList<Entry>> _cash;

    private OrganizationLedger(List<Entry> entries, Chart chart)
    {
        (_entries, Chart) = (entries, chart);
        Accrual = [.. entries.Where(entry => entry.Basis != Basis.CashOnly)];
        _cash = new(() => [.. CashBasis.Of(_entries, chart)]);
    }

    public Chart Chart { get; }

    public IReadOnlyList<Entry> Accrual { get; }

    public static OrganizationLedger Read(SandboxSession session, Organization organization)
    {
        var chart = Chart.Read(session, organization.TenantId);
        return new(Bookkeeping.Entries(session, organization, chart), chart);
    }

    /// <param name="paymentsOnly">What was paid, instead of what was agreed.</param>
    public IReadOnlyList<Entry> On(bool paymentsOnly) => paymentsOnly ? _cash.Value : Accrual;

    /// <summary>What moved from a day to a day, by account; accounts at which nothing did are left out.</summary>
    /// <param name="from">Null: from the beginning.</param>
    /// <param name="counts">Which lines count; null: all.</param>
    public static Dictionary<LedgerAccount, decimal> Sums(
        IReadOnlyList<Entry> entries, DateOnly? from, DateOnly to, Func<EntryLine, bool>? counts = null)
    {
        Dictionary<LedgerAccount, decimal> sums = [];
        foreach (var entry in entries)
        {
            if (entry.Date < from || entry.Date > to) continue;
            foreach (var line in entry.Lines)
            {
                if (counts is null || counts(line)) sums[line.Account] = sums.GetValueOrDefault(line.Account) + line.Net;
            }
        }

        return sums;
    }
}
