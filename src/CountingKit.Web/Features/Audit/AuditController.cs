using CountingKit.Audit;
using CountingKit.Messaging;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Audit;

/// <summary>The trail: who did what, when, to what, and what it was before.</summary>
[Route("audit")]
public sealed class AuditController(IMediator mediator, TimeProvider time) : Controller
{
    [HttpGet(""), Needs(Permission.Audit)]
    public async Task<IActionResult> Index(AuditSearch search, long? before, CancellationToken ct)
    {
        this.RequireUnderstoodAddress();
        var list = await mediator.Send(new ListAudit(search.ToFilter(), before), ct);
        var choices = await mediator.Send(new GetAuditChoices(), ct);
        return this.PageOrFragment("_AuditList", new AuditPage(search, list, choices, before is null));
    }

    /// <summary>Everything that the same filter finds, not only the page at hand.</summary>
    [HttpGet("csv"), Needs(Permission.Audit)]
    public async Task<IActionResult> Csv(AuditSearch search, CancellationToken ct)
    {
        this.RequireUnderstoodAddress();
        return new AuditCsv(await mediator.Send(new ExportAudit(search.ToFilter() with { ActsOnly = false }), ct), time.GetUtcNow());
    }
}

/// <param name="IsFirst">The newest lines are on it.</param>
public sealed record AuditPage(AuditSearch Search, AuditList List, AuditChoices Choices, bool IsFirst)
{
    public static string NameOf(AuditLine line) =>
        line.Row.TargetName is { Length: > 0 } name ? name : line.Names.GetValueOrDefault(line.Row.TargetId, "");
}
