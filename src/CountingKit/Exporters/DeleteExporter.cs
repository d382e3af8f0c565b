using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Exporters;

/// <summary>It runs no more. Its tab stays in the sheet; its configuration, runs and data stay in the history.</summary>
[Asks(Permission.ManageExporters)]
public sealed record DeleteExporter(Guid CommandId, Guid ExporterId) : ICommand<Appended>, IConcernsExporter;

public sealed class DeleteExporterHandler(Streams streams, CurrentRequester current) : IRequestHandler<DeleteExporter, Appended>
{
    public async Task<Appended> Handle(DeleteExporter command, CancellationToken ct) => (await streams.Transact(
        Exporter.StreamOf(command.ExporterId), Exporter.Decider,
        state => Exporter.Delete(state.For(current.Requester), command.ExporterId, "deleted"), ct)).Appended;
}
