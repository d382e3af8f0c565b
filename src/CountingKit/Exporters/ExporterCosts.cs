using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Exporters;

/// <summary>What the runs of a configuration cost in calls to Xero. Asks nobody.</summary>
internal sealed class ExporterCosts(
    Streams streams, IXeroConnections xero, IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    public async Task<ExporterCost> Of(ExporterConfiguration configuration, CancellationToken ct)
    {
        var resources = DatasetCatalogue.ResourcesOf(
            DatasetCatalogue.Get(configuration.Dataset), configuration.ColumnsUsed(), configuration.Report);
        var (connectionId, resource) = (configuration.ConnectionIds[0], resources[0].Name);
        await using var db = await vault.CreateDbContextAsync(ct);
        var state = await db.SourceStates.AsNoTracking().FirstOrDefaultAsync(
            s => s.ConnectionId == connectionId && s.Resource == resource, ct);
        var connection = await streams.Read(Connection.StreamOf(connectionId), Connection.Decider, ct) as Connection.State.Open;
        var periods = resources[0].Report is { Kind: var kind }
            ? configuration.Periods(kind, OrganizationCalendar.Of(connection?.Description), time.GetUtcNow()) : null;
        return await Of(connectionId, state, resources, periods, ct);
    }

    /// <param name="state">Of the first resource; null = it was not read yet.</param>
    /// <param name="resources">The dataset's own, then those that are looked up, each in one call.</param>
    /// <param name="periods">Of a report; null = it is a list.</param>
    public async Task<ExporterCost> Of(
        Guid connectionId, SourceStateRow? state, IReadOnlyList<Resource> resources, IReadOnlyList<WantedPeriod>? periods,
        CancellationToken ct)
    {
        var (resource, lookups) = (resources[0], resources.Count - 1);
        var usage = await xero.Usage(connectionId, ct);
        if (periods is not null)
        {
            var open = periods.Count(period => period.IsOpen(time.GetUtcNow()));
            return new(periods.Count + lookups, open + lookups, usage.CallsToday, usage.DayLimit)
            {
                Periods = periods.Count, Open = open,
            };
        }

        var perCall = resource.Paging switch
        {
            Paging.Sized => ExporterCost.RecordsPerCall,
            Paging.Hundreds => ExporterCost.RecordsPerShortPage,
            _ => long.MaxValue / 2,
        };
        int? whole = resource.Paging == Paging.Whole ? 1
            : state?.LastFullAt is null ? null : (int)Math.Max(1, (state.Records + perCall - 1) / perCall);
        return new(whole + lookups, Refresh: 1 + lookups, usage.CallsToday, usage.DayLimit);
    }
}
