using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Exporters;

[Asks(Permission.ManageExporters)]
public sealed record ResumeExporter(Guid CommandId, Guid ExporterId) : ICommand<Appended>, IConcernsExporter;

public sealed class ResumeExporterHandler(Streams streams, CurrentRequester current) : IRequestHandler<ResumeExporter, Appended>
{
    public async Task<Appended> Handle(ResumeExporter command, CancellationToken ct) => (await streams.Transact(
        Exporter.StreamOf(command.ExporterId), Exporter.Decider,
        state => Exporter.Resume(state.For(current.Requester), command.ExporterId), ct)).Appended;
}
