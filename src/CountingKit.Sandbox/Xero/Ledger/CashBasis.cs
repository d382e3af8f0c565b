using CountingKit.Sandbox.Xero.Books;

namespace CountingKit.Sandbox.Xero.Ledger;

/// <summary>
/// The books by what was paid: an invoice counts when and as far as it is settled, so that a line that settles it becomes
/// that share of its lines.
/// </summary>
internal static class CashBasis
{
    public static IEnumerable<Entry> Of(IReadOnlyList<Entry> entries, Chart chart)
    {
        var documents = entries.Where(entry => entry.Lines.Any(line => line.IsTotal) && entry.Basis == Basis.AccrualOnly)
            .ToDictionary(entry => entry.Source);
        return entries.Where(entry => entry.Basis != Basis.AccrualOnly)
            .Select(entry => Of(entry, documents, chart)).OfType<Entry>();
    }

    private static Entry? Of(Entry entry, Dictionary<string, Entry> documents, Chart chart)
    {
        if (!entry.Lines.Any(line => line.Settles is not null)) return entry;
        var draft = new Draft(chart);
        foreach (var line in entry.Lines)
        {
            if (line.Settles is null || !documents.TryGetValue(line.Settles, out var document))
            {
                draft.Add(line);
                continue;
            }

            foreach (var share in document.Lines.Where(each => !each.IsTotal))
            {
                draft.Add(share with
                {
                    Net = LineMaker.Round(share.Net * line.Share),
                    Tax = LineMaker.Round(share.Tax * line.Share),
                });
            }
        }

        return draft.Finish(entry.Source, entry.SourceType, entry.Date, entry.Reference, entry.Created);
    }
}
