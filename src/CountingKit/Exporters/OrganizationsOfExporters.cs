using CountingKit.Connections;
using CountingKit.EventSourcing;

namespace CountingKit.Exporters;

/// <summary>
/// Lets no exporter survive its organizations. One may have been disconnected after the form was judged and before the
/// exporter was there: the disconnect has looked for it in vain. One that is disconnected later finds it, since it stands in
/// the log by now.
/// </summary>
public sealed class OrganizationsOfExporters(Streams streams) : IReactor
{
    public string Name => "organizations-of-exporters";

    public Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct) => recorded.Event switch
    {
        ExporterCreated e => LoseEnded(e.ExporterId, e.Configuration, reaction, ct),
        ExporterChanged e => LoseEnded(e.ExporterId, e.Configuration, reaction, ct),
        _ => Task.CompletedTask,
    };

    private async Task LoseEnded(
        Guid exporterId, ExporterConfiguration configuration, Reaction reaction, CancellationToken ct)
    {
        var ended = new List<Guid>();
        foreach (var connectionId in configuration.ConnectionIds)
        {
            if (await streams.Read(Connection.StreamOf(connectionId), Connection.Ending, ct)) ended.Add(connectionId);
        }

        if (ended.Count > 0)
            await reaction.Transact(
                Exporter.StreamOf(exporterId), Exporter.Decider,
                state => Exporter.LoseOrganizations(state, exporterId, ended), ct);
    }
}
