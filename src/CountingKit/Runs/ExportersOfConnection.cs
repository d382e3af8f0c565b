using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Runs;

/// <summary>The exporters that read an organization, and what becomes of them when it is disconnected.</summary>
internal sealed class ExportersOfConnection(ReadModels readModels, Streams streams) : IConnectionExporters
{
    public async Task Remove(Guid connectionId, CancellationToken ct)
    {
        // First, since an exporter that lost the organization is not found again.
        await StopRuns(connectionId, RunCodes.OrganizationGone, ct);
        foreach (var exporter in await List(connectionId, ct))
        {
            var id = exporter.ExporterId;
            await streams.Transact(
                Exporter.StreamOf(id), Exporter.Decider,
                state => Exporter.LoseOrganization(state, id, connectionId), ct);
        }
    }

    /// <summary>Those that have not ended meanwhile. A replay goes on: it asks Xero nothing.</summary>
    public async Task StopRuns(Guid connectionId, ErrorCode why, CancellationToken ct)
    {
        foreach (var exporter in await List(connectionId, ct))
        {
            if (exporter.ActiveRunId is { } runId)
                await streams.Transact(
                    Run.StreamOf(runId), Run.Decider,
                    state => Run.StartOf(state) is { ReplayOf: null } ? Run.Stop(state, runId, why) : [], ct);
        }
    }

    /// <summary>Deleted ones are not among them.</summary>
    private async Task<List<ExporterRow>> List(Guid connectionId, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var scopes = db.With(connectionId);
        return await db.Set<ExporterRow>().AsNoTracking()
            .Where(row => row.DeletedAt == null && scopes.Contains(row.Scope)).ToListAsync(ct);
    }
}
