using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

/// <summary>
/// Has Xero asked what an organization is and whether it can be read, soon and by a worker, where no event is the reason: what
/// Xero answers then is true whatever others did meanwhile.
/// </summary>
internal sealed class XeroQuestions(IDbContextFactory<VaultDb> vault, WorkSignal signal)
{
    /// <summary>One that is to be asked already is asked now. Not to be canceled half-way.</summary>
    public async Task Ask(IReadOnlyList<(Guid ConnectionId, Guid WorkspaceId)> connections, Guid cause, Guid correlation)
    {
        if (connections.Count == 0) return;
        try
        {
            await Queue(connections, cause, correlation);
        }
        catch (DbUpdateException)
        {
            // A reactor queued one of them at the same moment.
            await Queue(connections, cause, correlation);
        }

        signal.Raise();
    }

    private async Task Queue(IReadOnlyList<(Guid ConnectionId, Guid WorkspaceId)> connections, Guid cause, Guid correlation)
    {
        await using var db = await vault.CreateDbContextAsync(CancellationToken.None);
        var now = await db.Now(CancellationToken.None);
        var keys = connections.Select(c => $"{c.ConnectionId:N}").ToList();
        await db.Work.Where(w => w.Kind == DescribeWorker.WorkKind && keys.Contains(w.Key)).ExecuteUpdateAsync(
            set => set.SetProperty(w => w.NotBefore, now).SetProperty(w => w.Wakes, w => w.Wakes + 1), CancellationToken.None);
        var asked = await db.Work.Where(w => w.Kind == DescribeWorker.WorkKind && keys.Contains(w.Key))
            .Select(w => w.Key).ToListAsync(CancellationToken.None);
        db.Work.AddRange(connections.Where(c => !asked.Contains($"{c.ConnectionId:N}")).Select(c => new WorkRow
        {
            Id = DerivedId.From(cause, DescribeWorker.WorkKind, $"{c.ConnectionId:N}"),
            Kind = DescribeWorker.WorkKind,
            Key = $"{c.ConnectionId:N}",
            Payload = WorkItem.Write(new DescribeWork(c.ConnectionId)),
            WorkspaceId = c.WorkspaceId,
            CorrelationId = correlation,
            CausationId = cause,
            QueuedAt = now,
            NotBefore = now,
        }));
        await db.SaveChangesAsync(CancellationToken.None);
    }
}
