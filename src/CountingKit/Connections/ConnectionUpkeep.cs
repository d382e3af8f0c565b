using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CountingKit.Connections;

/// <summary>
/// Every few minutes, in one process: renews sign-ins that nothing has used for a week, and lets go what was granted at
/// Xero and never became a connection.
/// </summary>
internal sealed class ConnectionUpkeep(
    IServiceScopeFactory scopes, IDbContextFactory<VaultDb> vault, Leases leases, NodeName node, Outages outages,
    TimeProvider time, ILogger<ConnectionUpkeep> log) : BackgroundService
{
    private const string Lease = "connection-upkeep";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await leases.Take(Lease, node.Name, Interval, stoppingToken)) await Once(stoppingToken);
            }
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
            {
                // What was not done now is still there to be done at the next tick.
                outages.Log(log, trouble, "Sign-ins could not be looked after");
            }
        }
    }

    internal async Task Once(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var upkeep = scope.ServiceProvider.GetRequiredService<IXeroUpkeep>();
        var streams = scope.ServiceProvider.GetRequiredService<Streams>();
        await using var db = await vault.CreateDbContextAsync(ct);
        var command = scope.ServiceProvider.GetRequiredService<CurrentCommand>();
        foreach (var failure in await upkeep.RefreshIdle(ct))
        {
            var rows = await db.XeroTenants.AsNoTracking()
                .Where(t => failure.ConnectionIds.Contains(t.ConnectionId)).ToListAsync(ct);
            foreach (var row in rows)
            {
                var cause = Guid.CreateVersion7();
                command.Context = CommandContext.Of(cause, "renewal", cause, row.WorkspaceId, [row.ConnectionId]);
                await streams.Transact(
                    Connection.StreamOf(row.ConnectionId), Connection.Decider,
                    state => Connection.Failed(state, failure.Problem, failure.Code), ct);
            }
        }

        await scope.ServiceProvider.GetRequiredService<SignInNews>().Note(ct);
        await upkeep.SweepOrphans(
            async (connectionId, token) =>
                await db.XeroTenants.AsNoTracking()
                    .FirstOrDefaultAsync(t => t.ConnectionId == connectionId, token) is { } row
                && await streams.Read(Tenant.StreamOf(row.TenantId), Tenant.Decider, token) is Tenant.State.Held held
                && held.ConnectionId == connectionId,
            ct);
    }
}
