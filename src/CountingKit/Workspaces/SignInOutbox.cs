using System.Text;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Workspaces;

/// <summary>
/// Tells the log what sign-in did: a row in the vault transaction that did it, which <see cref="OutboxRelay"/> carries over.
/// </summary>
public sealed class SignInOutbox(EventCatalog catalog, ReadModels readModels, TimeProvider time)
{
    /// <summary>In place of a member's id: what is noted of them is told to no log, and does not stay.</summary>
    internal static readonly Guid Nobody = Guid.Empty;

    public static string StreamOf(Guid memberId) => $"member-{memberId:N}";

    /// <summary>Adds the row (and from where it was done); the caller saves it in its own transaction.</summary>
    /// <param name="address">The network address; null = not by network.</param>
    /// <param name="actor">Who did it; null = the member.</param>
    public async Task Add(
        VaultDb vault, Guid memberId, IEvent @event, string? address, CancellationToken ct, string? actor = null)
    {
        await using var db = readModels.Open();
        var workspaceId = await db.Set<MemberRow>().Where(m => m.MemberId == memberId).OrderBy(m => m.Since)
            .Select(m => m.WorkspaceId).FirstOrDefaultAsync(ct);
        Add(vault, memberId, workspaceId, @event, address, actor);
    }

    public void Add(
        VaultDb vault, Guid memberId, Guid workspaceId, IEvent @event, string? address, string? actor = null)
    {
        var id = Guid.CreateVersion7();
        var data = catalog.Serialize(
            @event, new EventMetadata(id, id, actor ?? Actor.Member(memberId), id, workspaceId, []), id);
        vault.Outbox.Add(new OutboxRow
        {
            EventId = id,
            Stream = StreamOf(memberId),
            Type = data.Type,
            Data = Encoding.UTF8.GetString(data.Data.Span),
            Metadata = Encoding.UTF8.GetString(data.Metadata.Span),
        });
        if (address is null) return;
        vault.Access.Add(new AccessRow
        {
            CommandId = id,
            MemberId = actor is null ? memberId : null,
            Address = address,
            At = time.GetUtcNow().UtcDateTime,
        });
    }
}
