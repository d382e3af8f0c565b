using CountingKit.EventSourcing;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Messaging;

/// <summary>
/// Spreadsheets and Google accounts belong to no organization of their own: who may see some organizations only sees those
/// that nothing writes to yet, and those that something writes to which they may see.
/// </summary>
public sealed class Placements
{
    private readonly Requester? requester;
    private readonly ILookup<Guid, OwnershipRow> inside;

    private Placements(Requester? requester, IEnumerable<OwnershipRow> placed) =>
        (this.requester, inside) = (requester, placed.ToLookup(row => row.Inside!.Value));

    /// <summary>For who may see everything.</summary>
    public static Placements Unlimited { get; } = new(null, []);

    internal static async Task<Placements> Of(ReadDb db, Requester requester, CancellationToken ct) =>
        requester.Connections is null
            ? Unlimited
            : new(requester, await db.Set<OwnershipRow>().AsNoTracking()
                .Where(r => r.WorkspaceId == requester.WorkspaceId && r.Inside != null).ToListAsync(ct));

    /// <param name="id">Of a spreadsheet (our id) or a Google account of the workspace.</param>
    public bool MaySee(Guid id) => !inside[id].Any() || inside[id].Any(MaySee);

    /// <summary>Spreadsheets and Google accounts that the requester may not see.</summary>
    public IReadOnlyList<Guid> Hidden() => [.. inside.Select(things => things.Key).Where(id => !MaySee(id))];

    /// <summary>How many things of this kind are in it, at any depth, that the requester may not see.</summary>
    public int Hidden(OwnedKind kind, Guid id) =>
        inside[id].Sum(row => Hidden(kind, row.Id) + (row.Kind == kind && !MaySee(row) ? 1 : 0));

    internal bool MaySee(OwnershipRow row) => requester?.MaySee(row.ConnectionIds) != false && MaySee(row.Id);
}
