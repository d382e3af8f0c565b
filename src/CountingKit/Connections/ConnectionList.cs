using System.ComponentModel.DataAnnotations;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

/// <summary>What the log says of a connection's state; the badge adds what the vault knows.</summary>
public enum ConnectionStatus
{
    Open = 1,
    Expired = 2,
    NoAccess = 3,
    Disconnecting = 4,
    Disconnected = 5,
}

/// <summary>A line of the list of connections. Disconnected ones stay, for the history.</summary>
[Index(nameof(WorkspaceId))]
public sealed class ConnectionRow : IScopedRow
{
    [Key]
    public Guid ConnectionId { get; set; }

    public Guid WorkspaceId { get; set; }

    /// <summary>Of this organization alone.</summary>
    public Guid Scope { get; set; }

    public Guid TenantId { get; set; }

    [MaxLength(300)]
    public required string OrganizationName { get; set; }

    [MaxLength(100)]
    public string? Alias { get; set; }

    [MaxLength(40)]
    public string? ClientCode { get; set; }

    /// <summary>One a line.</summary>
    public string Tags { get; set; } = "";

    /// <summary>How often alias, client code, and tags were changed.</summary>
    public int LabelsVersion { get; set; }

    public ConnectionStatus Status { get; set; }

    /// <summary>Why it cannot be read; null = it can.</summary>
    [MaxLength(40)]
    public string? TroubleCode { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ConnectedAt { get; set; }

    /// <summary>See <see cref="Actor"/>.</summary>
    [MaxLength(100)]
    public required string ConnectedBy { get; set; }

    /// <summary>UTC; null = never reconnected.</summary>
    public DateTime? ReconnectedAt { get; set; }

    [MaxLength(100)]
    public string? ReconnectedBy { get; set; }

    /// <summary>UTC; null = it is connected.</summary>
    public DateTime? DisconnectedAt { get; set; }
}

public sealed class ConnectionListProjection : IProjection
{
    public async Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct)
    {
        switch (recorded.Event)
        {
            case OrganizationConnected e:
                rows.Add(new ConnectionRow
                {
                    ConnectionId = e.ConnectionId,
                    WorkspaceId = recorded.Metadata.WorkspaceId,
                    Scope = await Scopes.Note(rows, [e.ConnectionId], ct),
                    TenantId = e.TenantId,
                    OrganizationName = e.OrganizationName,
                    Status = ConnectionStatus.Open,
                    ConnectedAt = recorded.At.UtcDateTime,
                    ConnectedBy = recorded.Metadata.Actor,
                });
                break;
            case OrganizationReconnected e when await Find(e.ConnectionId) is { } row:
                Enter(row, ConnectionStatus.Open, null);
                row.OrganizationName = e.OrganizationName;
                (row.ReconnectedAt, row.ReconnectedBy) = (recorded.At.UtcDateTime, recorded.Metadata.Actor);
                break;
            case OrganizationDescribed e when await Find(e.ConnectionId) is { } row:
                row.OrganizationName = e.OrganizationName;
                break;
            case SignInExpired e when await Find(e.ConnectionId) is { } row:
                Enter(row, ConnectionStatus.Expired, e.Code);
                break;
            case AccessLost e when await Find(e.ConnectionId) is { } row:
                Enter(row, ConnectionStatus.NoAccess, e.Code);
                break;
            case AccessRegained e when await Find(e.ConnectionId) is { } row:
                Enter(row, ConnectionStatus.Open, null);
                break;
            case DisconnectRequested e when await Find(e.ConnectionId) is { } row:
                Enter(row, ConnectionStatus.Disconnecting, null);
                break;
            case OrganizationDisconnected e when await Find(e.ConnectionId) is { } row:
                Enter(row, ConnectionStatus.Disconnected, null);
                row.DisconnectedAt = recorded.At.UtcDateTime;
                break;
            case ConnectionPaused e when await Find(e.ConnectionId) is { } row:
                row.IsPaused = true;
                break;
            case ConnectionResumed e when await Find(e.ConnectionId) is { } row:
                row.IsPaused = false;
                break;
            case ConnectionLabeled e when await Find(e.ConnectionId) is { } row:
                (row.Alias, row.ClientCode, row.Tags) = (e.Alias, e.ClientCode, string.Join('\n', e.Tags));
                row.LabelsVersion++;
                break;
        }

        ValueTask<ConnectionRow?> Find(Guid connectionId) => rows.Find<ConnectionRow>([connectionId], ct);
    }

    private static void Enter(ConnectionRow row, ConnectionStatus status, string? trouble) =>
        (row.Status, row.TroubleCode) = (status, trouble);
}

public enum ConnectionSort { Name, ClientCode, Status, LastRead, CallsToday, Exporters }

/// <summary>The connections of the workspace that the requester may see.</summary>
/// <param name="Search">In name, alias, client code; null = all.</param>
/// <param name="Health">Only such badges; null = all but Disconnected.</param>
[Asks(Permission.View), Touches(Organizations.Visible)]
public sealed record ListConnections(
    [property: MaxLength(200)] string? Search = null, [property: MaxLength(100)] string? Tag = null, ConnectionHealth? Health = null,
    ConnectionSort Sort = ConnectionSort.Name, bool Descending = false) : IQuery<ConnectionList>;

/// <param name="Items">In the order asked for.</param>
/// <param name="All">How many there are without the filters, Disconnected not counted.</param>
/// <param name="Tags">Every tag in use, for the filter.</param>
public sealed record ConnectionList(IReadOnlyList<ConnectionListItem> Items, int All, IReadOnlyList<string> Tags);

/// <param name="Name">The alias, or the organization's name; with what tells it apart where another one is called so.</param>
/// <param name="SignedInAs">Who signed in at Xero; null = Xero did not say.</param>
/// <param name="LastReadAt">UTC; null = never.</param>
/// <param name="CallsToday">Calls to Xero for this organization since midnight UTC.</param>
/// <param name="Exporters">Those that the requester may see.</param>
public sealed record ConnectionListItem(
    Guid ConnectionId, string Name, string OrganizationName, string? ClientCode, IReadOnlyList<string> Tags,
    ConnectionBadge Badge, bool IsPaused, string? SignedInAs, DateTime? LastReadAt, int CallsToday, int Exporters)
{
    /// <summary>In what is named after it: its alias, else the client code, else the organization's name.</summary>
    public string Called => Name == OrganizationName && ClientCode is { Length: > 0 } code ? code : Name;

    /// <summary>What the sign-in may read, by Xero's names; null = there is none.</summary>
    public IReadOnlyList<string>? Granted { get; init; }

    /// <summary>What permission lacks to read a resource, as people read it; null = none does, or nothing is known.</summary>
    public string? LackingFor(Resource resource) =>
        Granted is { } granted && !resource.Scopes.Any(scope => XeroPermissions.IsCovered(scope, granted))
            ? XeroPermissions.Meaning(resource.Scopes[0]) : null;
}

internal sealed class ListConnectionsHandler(
    ReadModels readModels, ConnectionFacts facts, IXeroSignIn xero, CurrentRequester current, TimeProvider time)
    : IRequestHandler<ListConnections, ConnectionList>
{
    public async Task<ConnectionList> Handle(ListConnections query, CancellationToken ct)
    {
        var requester = current.Requester;
        await using var db = readModels.Open();
        var rows = await db.Visible<ConnectionRow>(requester).ToListAsync(ct);
        var exporters = await db.Visible<OwnershipRow>(requester)
            .Where(row => row.Kind == OwnedKind.Exporter && row.Inside != null)
            .Join(db.Set<ScopeMemberRow>(), row => row.Scope, m => m.Scope, (_, m) => m.ConnectionId)
            .GroupBy(id => id).ToDictionaryAsync(same => same.Key, same => same.Count(), ct);
        var known = await facts.Of(rows, ct);
        var names = await db.Names(rows, ct);
        var items = rows.Select(row => Item(
            row, names[row.ConnectionId], known[row.ConnectionId], exporters.GetValueOrDefault(row.ConnectionId)));

        var all = items.ToList();
        return new ConnectionList(
            Ordered(all.Where(item => Matches(item, query)), query),
            all.Count(item => item.Badge.Health != ConnectionHealth.Disconnected),
            [.. all.SelectMany(item => item.Tags)
                .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)]);
    }

    private ConnectionListItem Item(ConnectionRow row, string name, KnownFacts known, int exporters)
    {
        var missing = known.SignIn is { } signIn ? XeroPermissions.MissingMeanings(xero.Scopes, signIn.Scopes) : [];
        return new ConnectionListItem(
            row.ConnectionId, name, row.OrganizationName, row.ClientCode,
            row.Tags.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            ConnectionBadge.Of(row.Status, known.SignIn, missing, time.GetUtcNow().UtcDateTime),
            row.IsPaused, known.SignIn?.PersonName, known.LastReadAt, known.CallsToday, exporters)
        {
            Granted = known.SignIn?.Scopes,
        };
    }

    private static bool Matches(ConnectionListItem item, ListConnections query) =>
        (query.Health is { } health ? item.Badge.Health == health : item.Badge.Health != ConnectionHealth.Disconnected)
        && (query.Tag is not { Length: > 0 } tag || item.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
        && (query.Search?.Trim() is not { Length: > 0 } text
            || new[] { item.Name, item.OrganizationName, item.ClientCode }
            .Any(field => field?.Contains(text, StringComparison.CurrentCultureIgnoreCase) == true));

    private static IReadOnlyList<ConnectionListItem> Ordered(
        IEnumerable<ConnectionListItem> items, ListConnections query)
    {
        var named = items.OrderBy(item => item.Name, StringComparer.CurrentCultureIgnoreCase)
            .ThenBy(item => item.ConnectionId);
        IEnumerable<ConnectionListItem> sorted = query.Sort switch
        {
            ConnectionSort.ClientCode => named.OrderBy(item => item.ClientCode, StringComparer.OrdinalIgnoreCase),
            ConnectionSort.Status => named.OrderByDescending(item => item.Badge.Health),
            ConnectionSort.LastRead => named.OrderByDescending(item => item.LastReadAt),
            ConnectionSort.CallsToday => named.OrderByDescending(item => item.CallsToday),
            ConnectionSort.Exporters => named.OrderByDescending(item => item.Exporters),
            _ => named,
        };
        return query.Descending ? [.. sorted.Reverse()] : [.. sorted];
    }
}
