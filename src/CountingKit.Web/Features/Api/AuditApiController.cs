using System.ComponentModel.DataAnnotations;
using System.Globalization;
using AutoMapper;
using CountingKit.Audit;
using CountingKit.Messaging;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Api;

/// <summary>The audit trail, each event of it.</summary>
public sealed class AuditApiController(IMediator mediator, IMapper mapper) : ApiBase(mediator)
{
    /// <summary>The newest first; the header <c>Link</c> leads to the next page.</summary>
    /// <param name="type">An event's stored name without its version, such as <c>exporter-changed</c>.</param>
    /// <param name="target">The id of what it happened to.</param>
    /// <param name="from">UTC, inclusive.</param>
    /// <param name="to">UTC, exclusive.</param>
    /// <param name="before">The number of the last line of the page before.</param>
    [HttpGet("audit"), Needs(Permission.Audit)]
    public async Task<IReadOnlyList<AuditResource>> Audit(
        [MaxLength(100)] string? type, Guid? target, DateTimeOffset? from, DateTimeOffset? to, long? before,
        [Range(1, 500)] int limit = 50, CancellationToken ct = default)
    {
        var list = await Mediator.Send(
            new ListAudit(new(Type: type, TargetId: target, From: from?.UtcDateTime, To: to?.UtcDateTime), before, limit), ct);
        Next(list.Next?.ToString(CultureInfo.InvariantCulture));
        return mapper.Map<IReadOnlyList<AuditResource>>(list.Lines);
    }
}
