using System.ComponentModel.DataAnnotations;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Audit;

/// <summary>The whole filtered trail, newest first, for a file: read as it is written.</summary>
[Asks(Permission.Audit), Touches(Organizations.Visible)]
public sealed record ExportAudit([property: Required] AuditFilter Filter) : IQuery<IAsyncEnumerable<AuditLine>>;

internal sealed class ExportAuditHandler(AuditReading reading, CurrentRequester current)
    : IRequestHandler<ExportAudit, IAsyncEnumerable<AuditLine>>
{
    public Task<IAsyncEnumerable<AuditLine>> Handle(ExportAudit query, CancellationToken ct) =>
        Task.FromResult(reading.Read(current.Requester, query.Filter, null, ct));
}
