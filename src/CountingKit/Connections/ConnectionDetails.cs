using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

/// <summary>What Xero said of an organization last. Foreign text; null = Xero did not say.</summary>
public sealed class ConnectionOrganizationRow : IReadRow
{
    [Key]
    public Guid ConnectionId { get; set; }

    public string? LegalName { get; set; }

    public string? CountryCode { get; set; }

    public string? BaseCurrency { get; set; }

    public int? FinancialYearEndDay { get; set; }

    /// <summary>1 to 12.</summary>
    public int? FinancialYearEndMonth { get; set; }

    /// <summary>Xero's own name for it.</summary>
    public string? TimeZone { get; set; }

    public string? ShortCode { get; set; }

    public bool IsDemo { get; set; }
}

public sealed class ConnectionOrganizationProjection : IProjection
{
    public async Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        if (recorded.Event is not OrganizationDescribed e) return;
        var row = await rows.Find<ConnectionOrganizationRow>([e.ConnectionId], ct);
        if (row is null) rows.Add(row = new ConnectionOrganizationRow { ConnectionId = e.ConnectionId });
        (row.LegalName, row.CountryCode, row.BaseCurrency) = (e.LegalName, e.CountryCode, e.BaseCurrency);
        (row.FinancialYearEndDay, row.FinancialYearEndMonth) = (e.FinancialYearEndDay, e.FinancialYearEndMonth);
        (row.TimeZone, row.ShortCode, row.IsDemo) = (e.TimeZone, e.ShortCode, e.IsDemo);
    }
}

/// <summary>Everything that the page of one connection shows.</summary>
[Asks(Permission.View)]
public sealed record GetConnection(Guid ConnectionId) : IQuery<ConnectionDetails>, IConcernsConnection;

/// <param name="Organization">Null = Xero was not asked yet.</param>
/// <param name="ConnectedBy">The member's name, or what acted.</param>
/// <param name="SignIn">Null = the vault has none.</param>
/// <param name="SharesSignIn">Other connections are read through the same sign-in.</param>
/// <param name="Usage">Of Xero's daily limit; null = it is disconnected.</param>
/// <param name="LastReadAt">UTC; null = never.</param>
/// <param name="Timeline">Newest first.</param>
public sealed record ConnectionDetails(
    ConnectionRow Row, ConnectionBadge Badge, ConnectionOrganizationRow? Organization, string ConnectedBy,
    string? ReconnectedBy, SignInFacts? SignIn, bool SharesSignIn, IReadOnlyList<PermissionRow> Permissions,
    XeroUsage? Usage, DateTime? LastReadAt, IReadOnlyList<TimelineEntry> Timeline)
{
    /// <summary>The alias, or the organization's name; with what tells it apart where another one is called so.</summary>
    public required string Name { get; init; }

    public IReadOnlyList<string> Tags => Row.Tags.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <param name="At">UTC.</param>
/// <param name="Who">The member's name, or what acted.</param>
public sealed record TimelineEntry(DateTime At, string Who, string Text, string? Code);

internal sealed class GetConnectionHandler(
    ReadModels readModels, ConnectionFacts facts, IXeroSignIn xero, IXeroConnections connections, CurrentRequester current,
    TimeProvider time)
    : IRequestHandler<GetConnection, ConnectionDetails>
{
    public async Task<ConnectionDetails> Handle(GetConnection query, CancellationToken ct)
    {
        await using var db = readModels.Open();
        var row = await db.Set<ConnectionRow>().AsNoTracking()
            .SingleOrDefaultAsync(r => r.ConnectionId == query.ConnectionId, ct) ?? throw new NotFoundException();
        var organization = await db.Set<ConnectionOrganizationRow>().AsNoTracking()
            .SingleOrDefaultAsync(r => r.ConnectionId == query.ConnectionId, ct);
        var timeline = await db.Set<ConnectionTimelineRow>().AsNoTracking()
            .Where(r => r.ConnectionId == query.ConnectionId)
            .OrderByDescending(r => r.Revision).Take(100).ToListAsync(ct);

        var known = (await facts.Of([row], ct))[row.ConnectionId];
        var granted = known.SignIn?.Scopes ?? [];
        var missing = known.SignIn is null ? [] : XeroPermissions.MissingMeanings(xero.Scopes, granted);
        var names = await facts.Names([row.ConnectedBy, row.ReconnectedBy, .. timeline.Select(t => t.Actor)], ct);
        var rows = await db.Visible<ConnectionRow>(current.Requester).ToListAsync(ct);
        return new ConnectionDetails(
            row, ConnectionBadge.Of(row.Status, known.SignIn, missing, time.GetUtcNow().UtcDateTime), organization,
            names[row.ConnectedBy], row.ReconnectedBy is { } by ? names[by] : null, known.SignIn,
            await facts.SharesSignIn(row.ConnectionId, ct), XeroPermissions.Table(xero.Scopes, granted),
            row.Status == ConnectionStatus.Disconnected ? null : await connections.Usage(row.ConnectionId, ct),
            known.LastReadAt, [.. timeline.Select(t => new TimelineEntry(t.At, names[t.Actor], t.Text, t.Code))])
        {
            Name = (await db.Names(rows, ct))[row.ConnectionId],
        };
    }
}
