using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Audit;

/// <summary>One line of the trail with what only the vault knows of it.</summary>
/// <param name="Who">The person's name as it is now; "System", "Schedule", "A former member".</param>
/// <param name="Address">The network address that the click came from; null = from none, or not known.</param>
/// <param name="Names">What the ids in its content are called now, as far as the requester may know.</param>
public sealed record AuditLine(AuditRow Row, string Who, string? Address, IReadOnlyDictionary<Guid, string> Names);

/// <summary>The trail's names and network addresses: in the vault, so that a person can be removed.</summary>
internal sealed class AuditPeople(IDbContextFactory<VaultDb> vault)
{
    /// <param name="called">What ids in their contents are called.</param>
    public async Task<IReadOnlyList<AuditLine>> Lines(
        IReadOnlyList<AuditRow> rows, IReadOnlyDictionary<Guid, string> called, CancellationToken ct)
    {
        var names = await Names(rows.Select(row => row.MemberId), ct);
        var clicks = rows.SelectMany(row => new[] { row.CommandId, row.CorrelationId }).Distinct().ToList();
        await using var db = await vault.CreateDbContextAsync(ct);
        var addresses = await db.Access.AsNoTracking().Where(a => clicks.Contains(a.CommandId))
            .ToDictionaryAsync(a => a.CommandId, a => a.Address, ct);
        return [.. rows.Select(row => new AuditLine(
            row, Who(row.Actor, names),
            addresses.GetValueOrDefault(row.CommandId) ?? addresses.GetValueOrDefault(row.CorrelationId),
            called))];
    }

    public async Task<IReadOnlyDictionary<Guid, string>> Names(IEnumerable<Guid?> members, CancellationToken ct)
    {
        var ids = members.OfType<Guid>().Distinct().ToList();
        await using var db = await vault.CreateDbContextAsync(ct);
        return await db.People.AsNoTracking().Where(p => ids.Contains(p.MemberId))
            .ToDictionaryAsync(p => p.MemberId, p => p.Name, ct);
    }

    /// <summary>The people whose name or email address holds the text.</summary>
    public async Task<IReadOnlyList<Guid>> Named(string? text, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        await using var db = await vault.CreateDbContextAsync(ct);
        var people = await db.People.AsNoTracking().ToListAsync(ct);
        return [.. people.Where(p => Holds(p.Name) || Holds(p.Email)).Select(p => p.MemberId)];

        bool Holds(string value) => value.Contains(text.Trim(), StringComparison.CurrentCultureIgnoreCase);
    }

    public static string Who(string actor, IReadOnlyDictionary<Guid, string> names) => actor switch
    {
        Actor.System => "System",
        Actor.Schedule => "Schedule",
        _ when Actor.MemberOf(actor) is { } member =>
            names.GetValueOrDefault(member, "A former member") + (Actor.IsApiKey(actor) ? ", by API key" : ""),
        _ => actor,
    };
}
