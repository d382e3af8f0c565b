using CountingKit.EventSourcing;
using CountingKit.Runs;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

internal sealed record DisconnectWork(Guid ConnectionId, Guid TenantId);

/// <summary>
/// Carries a disconnect through. Each step is in the log before it is taken and finds what is left to do, so the whole may
/// be stopped anywhere and taken up again. Exporters go first: nothing reads while the sign-in is being destroyed.
/// </summary>
internal sealed class DisconnectWorker(
    Streams streams,
    IXeroDisconnect xero,
    IDbContextFactory<VaultDb> vault,
    CurrentCommand command,
    TimeProvider time) : IWorker
{
    public const string WorkKind = "disconnect";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public string Kind => WorkKind;

    public async Task<WorkResult> Do(WorkItem item, CancellationToken ct)
    {
        var (connectionId, tenantId) = item.Read<DisconnectWork>();
        try
        {
            await Step(DisconnectSteps.RemoveExporters, () => RemoveWork(connectionId, ct));
            await Step(DisconnectSteps.RemoveAtXero, () => xero.RemoveAtXero(connectionId, ct));
            await Step(DisconnectSteps.RevokeSignIn, () => xero.RevokeIfUnused(connectionId, ct));
            await Step(DisconnectSteps.ForgetSignIn, () => xero.Forget(connectionId, ct));
            await Step(DisconnectSteps.Release, () => Release(item, connectionId, tenantId, ct));
        }
        catch (SourceException trouble)
        {
            return new WorkResult.Again(trouble.RetryAt ?? time.GetUtcNow() + Pause);
        }

        await Decide("end", Connection.EndDisconnect);
        return new WorkResult.Done();

        async Task Step(string step, Func<Task> act)
        {
            await Decide(step, state => Connection.TakeStep(state, step));
            await act();
        }

        Task Decide(string step, Func<Connection.State, IReadOnlyList<IEvent>> decide)
        {
            command.Context = item.Context(step, [connectionId]);
            return streams.Transact(Connection.StreamOf(connectionId), Connection.Decider, decide, ct);
        }
    }

    private async Task RemoveWork(Guid connectionId, CancellationToken ct)
    {
        await using var db = await vault.CreateDbContextAsync(ct);
        await db.Work.Where(w => w.Kind == DescribeWorker.WorkKind && w.Key == connectionId.ToString("N"))
            .ExecuteDeleteAsync(ct);
    }

    private async Task Release(WorkItem item, Guid connectionId, Guid tenantId, CancellationToken ct)
    {
        command.Context = item.Context("release", [connectionId]);
        await streams.Transact(
            Tenant.StreamOf(tenantId), Tenant.Decider,
            state => Tenant.Release(state, new OrganizationReleased(connectionId, tenantId)), ct);
    }
}
