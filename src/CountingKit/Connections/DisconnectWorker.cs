using System.Diagnostics;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

internal sealed record DisconnectWork(Guid ConnectionId, Guid TenantId);

/// <summary>
/// Carries a disconnect through. Each step is in the log before it is taken and finds what is left to do, so the whole
/// may be stopped anywhere and taken up again. Exporters go first: nothing reads while the sign-in is being destroyed.
/// </summary>
internal sealed class DisconnectWorker(
    Streams streams, IXeroDisconnect xero, IConnectionExporters exporters, ReadModels readModels,
    IDbContextFactory<VaultDb> vault, CurrentCommand command, TimeProvider time) : IWorker
{
    public const string WorkKind = "disconnect";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    // Differs from every other attempt's: two workers never pass for one another.
    private readonly Guid attempt = Guid.CreateVersion7();

    public string Kind => WorkKind;

    public async Task<WorkResult> Do(WorkItem item, CancellationToken ct)
    {
        var work = item.Read<DisconnectWork>();
        var stream = Connection.StreamOf(work.ConnectionId);
        command.Context = item.Context($"look:{attempt:N}", [work.ConnectionId]);
        var asked = await streams.Transact(stream, Connection.Decider, _ => [], ct);
        if (!await readModels.HaveCaughtUpTo(asked.Appended.Position, ct))
            return new WorkResult.Again(time.GetUtcNow() + ReadModels.Moment);

        var cursor = await streams.Open(stream, Connection.Decider, ct);
        try
        {
            foreach (var step in DisconnectSteps.All)
            {
                command.Context = item.Context($"{step}:{attempt:N}", [work.ConnectionId]);
                foreach (var taken in Connection.TakeStep(cursor.State, step)) await cursor.Append(taken, ct);
                await Act(step, work, ct);
            }

            foreach (var end in Connection.EndDisconnect(cursor.State)) await cursor.Append(end, ct);
            return new WorkResult.Done();
        }
        catch (OvertakenException)
        {
            return new WorkResult.Again(time.GetUtcNow());
        }
        catch (SourceException trouble)
        {
            // Xero is away, or our own settings are wrong: the sign-in is destroyed as soon as that has passed.
            return new WorkResult.Again(trouble.RetryAt ?? time.GetUtcNow() + Pause);
        }
    }

    private Task Act(string step, DisconnectWork work, CancellationToken ct) => step switch
    {
        DisconnectSteps.RemoveExporters => RemoveExporters(work.ConnectionId, ct),
        DisconnectSteps.RemoveAtXero => xero.RemoveAtXero(work.ConnectionId, ct),
        DisconnectSteps.RevokeSignIn => xero.RevokeIfUnused(work.ConnectionId, ct),
        DisconnectSteps.ForgetSignIn => xero.Forget(work.ConnectionId, ct),
        DisconnectSteps.Release => Release(work, ct),
        _ => throw new UnreachableException($"{step} is no step of disconnecting."),
    };

    private async Task RemoveExporters(Guid connectionId, CancellationToken ct)
    {
        await exporters.Remove(connectionId, ct);
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.Work.Where(w => w.Kind == DescribeWorker.WorkKind && w.Key == connectionId.ToString("N"))
            .ExecuteDeleteAsync(ct);
    }

    private async Task Release(DisconnectWork work, CancellationToken ct) => await streams.Transact(
        Tenant.StreamOf(work.TenantId), Tenant.Decider,
        state => Tenant.Release(state, new OrganizationReleased(work.ConnectionId, work.TenantId)), ct);
}
