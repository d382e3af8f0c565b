using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Audit;

/// <summary>Which lines of the trail; every part may be left out. The same in the page's address and in the CSV's.</summary>
/// <param name="MemberId">Done by this person.</param>
/// <param name="Type">The event's stored name.</param>
/// <param name="TargetKind">As in <see cref="AuditEntry.TargetKind"/>.</param>
/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive.</param>
/// <param name="Text">Found in action, target, actor or content.</param>
public sealed record AuditFilter(
    Guid? MemberId = null, string? Type = null, string? TargetKind = null, Guid? TargetId = null,
    DateTime? From = null, DateTime? To = null, [property: MaxLength(200)] string? Text = null);

/// <summary>The trail that the requester may see, newest first.</summary>
/// <param name="Before">Only lines with a smaller number, for the next page; null = from the newest.</param>
[Asks(Permission.Audit)]
public sealed record ListAudit([property: Required] AuditFilter Filter, long? Before = null, [property: Range(1, 500)] int Take = 100)
    : IQuery<IReadOnlyList<AuditRow>>;

public sealed class ListAuditHandler(ReadModels readModels, CurrentRequester current)
    : IRequestHandler<ListAudit, IReadOnlyList<AuditRow>>
{
    public async Task<IReadOnlyList<AuditRow>> Handle(ListAudit query, CancellationToken ct)
    {
        var rows = new List<AuditRow>();
        await foreach (var row in AuditReading.Read(readModels, current.Requester, query.Filter, query.Before, ct))
        {
            rows.Add(row);
            if (rows.Count == query.Take) break;
        }

        return rows;
    }
}

/// <summary>The whole filtered trail, newest first, for a file: read as it is written.</summary>
[Asks(Permission.Audit)]
public sealed record ExportAudit([property: Required] AuditFilter Filter) : IQuery<IAsyncEnumerable<AuditRow>>;

public sealed class ExportAuditHandler(ReadModels readModels, CurrentRequester current)
    : IRequestHandler<ExportAudit, IAsyncEnumerable<AuditRow>>
{
    public Task<IAsyncEnumerable<AuditRow>> Handle(ExportAudit query, CancellationToken ct) =>
        Task.FromResult(AuditReading.Read(readModels, current.Requester, query.Filter, null, ct));
}

internal static class AuditReading
{
    public static async IAsyncEnumerable<AuditRow> Read(
        ReadModels readModels, Requester requester, AuditFilter filter, long? before,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = readModels.Open();
        var rows = db.Set<AuditRow>().AsNoTracking().Where(r => r.WorkspaceId == requester.WorkspaceId);
        if (before is { } number) rows = rows.Where(r => r.Number < number);
        if (filter.MemberId is { } member) rows = rows.Where(r => r.MemberId == member);
        if (!string.IsNullOrEmpty(filter.Type)) rows = rows.Where(r => r.EventType == filter.Type);
        if (!string.IsNullOrEmpty(filter.TargetKind)) rows = rows.Where(r => r.TargetKind == filter.TargetKind);
        if (filter.TargetId is { } target) rows = rows.Where(r => r.TargetId == target);
        if (filter.From is { } from) rows = rows.Where(r => r.At >= from);
        if (filter.To is { } to) rows = rows.Where(r => r.At < to);
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var like = $"%{filter.Text.Trim().Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
            rows = rows.Where(r => EF.Functions.Like(r.Action, like, @"\") || EF.Functions.Like(r.TargetName, like, @"\")
                || EF.Functions.Like(r.After, like, @"\") || EF.Functions.Like(r.Actor, like, @"\"));
        }

        await foreach (var row in rows.OrderByDescending(r => r.Number).AsAsyncEnumerable().WithCancellation(ct))
            if (requester.MaySee(row.ConnectionIds())) yield return row;
    }
}
