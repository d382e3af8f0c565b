using CountingKit.EventSourcing;
using CountingKit.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

/// <summary>
/// What organizations are called where people choose among them: the alias or Xero's name. Where several would read the
/// same, what tells them apart stands behind it: the client code, else Xero's short code, else the end of Xero's id.
/// </summary>
internal static class ConnectionNames
{
    /// <param name="rows">Those that the requester may see: no other one shows through a name.</param>
    public static async Task<IReadOnlyDictionary<Guid, string>> Names(
        this ReadDb db, IReadOnlyCollection<ConnectionRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(row => row.ConnectionId).ToList();
        var shortCodes = await db.Set<ConnectionOrganizationRow>().AsNoTracking()
            .Where(o => ids.Contains(o.ConnectionId)).ToDictionaryAsync(o => o.ConnectionId, o => o.ShortCode, ct);
        return Of(rows, shortCodes);
    }

    public static IReadOnlyDictionary<Guid, string> Of(
        IEnumerable<ConnectionRow> rows, IReadOnlyDictionary<Guid, string?> shortCodes)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var same in rows.GroupBy(PlainName, StringComparer.CurrentCultureIgnoreCase))
        {
            var ended = same.Where(row => row.Status == ConnectionStatus.Disconnected).ToList();
            var open = same.Except(ended).ToList();
            foreach (var row in ended) names[row.ConnectionId] = PlainName(row);
            if (open.Count > 0)
                foreach (var row in ended) names[row.ConnectionId] += " (disconnected)";
            var tell = Telling(open, shortCodes);
            foreach (var row in open)
                names[row.ConnectionId] = open.Count == 1 ? PlainName(row) : $"{PlainName(row)} ({tell(row)})";
        }

        return names;
    }

    /// <summary>The end of Xero's id, which nobody knows by heart but which differs.</summary>
    public static string EndOf(Guid tenantId) => $"…{tenantId.ToString("N")[^6..]}";

    private static string PlainName(ConnectionRow row) => row.Alias ?? PlainText.Straight(row.OrganizationName);

    /// <summary>The first mark that each of them has, and each another.</summary>
    private static Func<ConnectionRow, string?> Telling(
        List<ConnectionRow> same, IReadOnlyDictionary<Guid, string?> shortCodes)
    {
        Func<ConnectionRow, string?>[] marks =
            [row => row.ClientCode, row => shortCodes.GetValueOrDefault(row.ConnectionId), row => EndOf(row.TenantId)];
        return marks.FirstOrDefault(mark => same.All(row => !string.IsNullOrWhiteSpace(mark(row)))
            && same.Select(mark).Distinct(StringComparer.OrdinalIgnoreCase).Count() == same.Count) ?? marks[^1];
    }
}
