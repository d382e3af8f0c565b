using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Exporters;

/// <summary>It runs neither by schedule nor by hand until it is resumed.</summary>
[Asks(Permission.ManageExporters)]
public sealed record PauseExporter(Guid CommandId, Guid ExporterId) : ICommand<Appended>, IConcernsExporter;

public sealed class PauseExporterHandler(Streams streams, CurrentRequester current) : IRequestHandler<PauseExporter, Appended>
{
    public async Task<Appended> Handle(PauseExporter command, CancellationToken ct) => (await streams.Transact(
        Exporter.StreamOf(command.ExporterId), Exporter.Decider,
        state => Exporter.Pause(state.For(current.Requester), command.ExporterId), ct)).Appended;
}
