using CountingKit.Mirror;

namespace CountingKit.Connections;

/// <summary>What a connection knows of its organization and of the sign-in behind it.</summary>
public interface IXeroConnections
{
    /// <summary>One call; also the connection's test.</summary>
    /// <exception cref="SourceException">See <see cref="SourceProblem"/>.</exception>
    Task<XeroOrganization> ReadOrganization(Guid connectionId, CancellationToken ct);

    /// <summary>
    /// What Xero's list of connections says of this one (GET /connections), which is no call for the organization.
    /// Null = Xero does not list it.
    /// </summary>
    /// <exception cref="SourceException">See <see cref="SourceProblem"/>.</exception>
    Task<SourcePage?> ReadConnection(Guid connectionId, CancellationToken ct);

    /// <summary>Null = nothing is stored for this connection.</summary>
    Task<XeroSignInState?> SignIn(Guid connectionId, CancellationToken ct);

    /// <summary>As many as Xero allows for one organization.</summary>
    int CallsPerMinute { get; }

    Task<XeroUsage> Usage(Guid connectionId, CancellationToken ct);

    /// <summary>
    /// How long the limit of calls a minute lets no call for the organization begin; zero = it does now, or nothing is
    /// stored for this connection.
    /// </summary>
    Task<TimeSpan> WaitOfMinute(Guid connectionId, CancellationToken ct);

    /// <summary>
    /// How long the limit of calls a minute for all organizations together lets no call begin; zero = it does now.
    /// </summary>
    Task<TimeSpan> WaitOfAppMinute(CancellationToken ct);
}

/// <summary>Xero Accounting API, GET /Organisation. Foreign text; null = Xero did not say.</summary>
/// <param name="FinancialYearEndMonth">1 to 12.</param>
/// <param name="TimeZone">Xero's own name for it, such as NEWZEALANDSTANDARDTIME.</param>
/// <param name="Edition">BUSINESS or PARTNER.</param>
/// <param name="Plan">What Xero calls Class: STARTER, DEMO and so on; it grows new values.</param>
/// <param name="ShortCode">Makes links into Xero.</param>
public sealed record XeroOrganization(
    Guid TenantId, string Name, string? LegalName, string? CountryCode, string? BaseCurrency,
    int? FinancialYearEndDay, int? FinancialYearEndMonth, string? TimeZone, string? Edition, string? Plan,
    string? Status, string? ShortCode, bool IsDemo)
{
    /// <summary>Its one record as received, without its <c>APIKey</c>, which is a secret.</summary>
    public required SourcePage Received { get; init; }
}

/// <param name="RefreshedAt">UTC. Unused for 60 days, a sign-in dies.</param>
/// <param name="DiedAt">UTC; set = Xero accepts it no longer.</param>
/// <param name="MissingScopes">Asked for by today's settings and not granted.</param>
public sealed record XeroSignInState(
    Guid TenantId, Guid XeroUserId, string? PersonName, string? PersonEmail, IReadOnlyList<string> Scopes,
    IReadOnlyList<string> MissingScopes, DateTime GrantedAt, DateTime RefreshedAt, DateTime? DiedAt);

/// <param name="CallsToday">Calls for this organization since midnight UTC, as logged here.</param>
/// <param name="DayLimit">What Xero's tier allows in 24 hours.</param>
/// <param name="Remaining">What Xero said within the last day is left; null = it has not said.</param>
public sealed record XeroUsage(int CallsToday, int DayLimit, int? Remaining);
