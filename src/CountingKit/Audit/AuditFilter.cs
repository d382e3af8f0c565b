using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Audit;

/// <summary>Which lines of the trail; every part may be left out. The same on the page and in its file.</summary>
/// <param name="Actor"><c>system</c>, <c>schedule</c>, or a member's id: also what they did by an API key.</param>
/// <param name="Type">The event's stored name without its version, such as <c>exporter-changed</c>.</param>
/// <param name="TargetKind">As in <see cref="EventSourcing.AuditEntry.TargetKind"/>.</param>
/// <param name="CorrelationId">Everything that goes back to one click, or to one occurrence of a schedule.</param>
/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive.</param>
/// <param name="ActsOnly">One line for a click or what happened by itself, without its steps.</param>
/// <param name="Text">In action, target, content, stream or the person's name; or an event's or click's id.</param>
public sealed record AuditFilter(
    [property: MaxLength(100)] string? Actor = null, [property: MaxLength(100)] string? Type = null,
    [property: MaxLength(100)] string? TargetKind = null, Guid? TargetId = null, Guid? CorrelationId = null,
    DateTime? From = null, DateTime? To = null, [property: MaxLength(200)] string? Text = null, bool ActsOnly = false)
{
    /// <param name="named">The people whose name or email address holds the text.</param>
    internal IQueryable<AuditRow> Of(IQueryable<AuditRow> rows, IReadOnlyList<Guid> named)
    {
        if (Guid.TryParse(Actor, out var member)) rows = rows.Where(r => r.MemberId == member);
        else if (!string.IsNullOrEmpty(Actor)) rows = rows.Where(r => r.Actor == Actor);
        if (!string.IsNullOrEmpty(Type))
        {
            var type = $"{Lower(Type)}.";
            rows = rows.Where(r => r.EventType.StartsWith(type));
        }

        if (!string.IsNullOrEmpty(TargetKind)) rows = rows.Where(r => r.TargetKind == TargetKind);
        if (TargetId is { } target) rows = rows.Where(r => r.TargetId == target);
        if (CorrelationId is { } correlation) rows = rows.Where(r => r.CorrelationId == correlation);
        if (From is { } from) rows = rows.Where(r => r.At >= from);
        if (To is { } to) rows = rows.Where(r => r.At < to);
        if (ActsOnly) rows = rows.Where(r => r.IsAct);
        return string.IsNullOrWhiteSpace(Text) ? rows : OfText(rows, Text.Trim(), named);
    }

    private static IQueryable<AuditRow> OfText(IQueryable<AuditRow> rows, string text, IReadOnlyList<Guid> named)
    {
        if (Guid.TryParse(text, out var id))
            return rows.Where(r => r.EventId == id || r.CorrelationId == id || r.CommandId == id || r.TargetId == id
                || r.After.Contains(text) || r.Stream.Contains(text));

        var like = $"%{Lower(text).Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
#pragma warning disable CA1304, CA1311 // Becomes SQL's lower(), which has no culture.
        return rows.Where(r => EF.Functions.Like(r.Action.ToLower(), like, @"\")
            || EF.Functions.Like(r.TargetName.ToLower(), like, @"\") || EF.Functions.Like(r.TargetKind.ToLower(), like, @"\")
            || EF.Functions.Like(r.After.ToLower(), like, @"\") || EF.Functions.Like(r.Stream.ToLower(), like, @"\")
            || EF.Functions.Like(r.Actor.ToLower(), like, @"\")
            || (r.MemberId != null && named.Contains(r.MemberId.Value)));
#pragma warning restore CA1304, CA1311
    }

    /// <summary>As databases do it that know no language: A to Z, and no other letter.</summary>
    private static string Lower(string text) =>
        string.Create(text.Length, text, static (lower, from) =>
        {
            for (var i = 0; i < from.Length; i++) lower[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
        });
}
