using CountingKit.EventSourcing;
using CountingKit.Mirror;

namespace CountingKit.Connections;

/// <summary>
/// Asks Xero for the organization behind a connection and notes what has become different. The record as received goes
/// into the mirror.
/// </summary>
internal sealed class ConnectionCheck(IXeroConnections xero, Streams streams, Sync sync, IMirror mirror)
{
    /// <returns>What stood in the way; null = the organization answered.</returns>
    /// <exception cref="FolderGoneException">The mirror is away, so Xero was not asked.</exception>
    public async Task<(SourceException? Trouble, Appended Appended)> Check(Guid connectionId, CancellationToken ct)
    {
        mirror.Require();
        SourceException? trouble = null;
        OrganizationDescribed? found = null;
        SourcePage? received = null;
        try
        {
            var organization = await xero.ReadOrganization(connectionId, ct);
            (found, received) = (Describe(connectionId, organization), organization.Received);
        }
        catch (SourceException said)
        {
            trouble = said.Problem is SourceProblem.DayLimit ? await BehindTheLimit(said, connectionId, ct) : said;
        }

        var done = await streams.Transact(
            Connection.StreamOf(connectionId), Connection.Decider,
            state => found is not null
                ? Connection.Found(state, found)
                : Connection.Failed(state, trouble!.Problem, trouble.Code),
            ct);
        if (received is not null) await sync.Keep(new Source(connectionId, Source.Organization), received, ct);
        return (trouble, done.Appended);
    }

    /// <summary>
    /// A limit says nothing of access, and may stand for a day; Xero's list of connections, which is no call for the organization,
    /// tells of one that is not reached any more.
    /// </summary>
    private async Task<SourceException> BehindTheLimit(SourceException limit, Guid connectionId, CancellationToken ct)
    {
        try
        {
            var code = XeroCodes.NoAccess;
            return await xero.ReadConnection(connectionId, ct) is null
                ? new(SourceProblem.NoAccess, code.Code, $"{code.Title}. {code.Advice}")
                : limit;
        }
        catch (SourceException other)
        {
            return other.Problem is SourceProblem.SignInExpired ? other : limit;
        }
    }

    /// <summary>Keeps what Xero's list of connections says of this one, as received.</summary>
    /// <returns>What stood in the way; null = it is kept, or Xero does not list it.</returns>
    /// <exception cref="FolderGoneException">The mirror is away, so Xero was not asked.</exception>
    public async Task<SourceException?> KeepConnection(Guid connectionId, CancellationToken ct)
    {
        mirror.Require();
        try
        {
            if (await xero.ReadConnection(connectionId, ct) is { } received)
                await sync.Keep(new Source(connectionId, Source.Connection), received, ct);
            return null;
        }
        catch (SourceException said)
        {
            return said;
        }
    }

    private static OrganizationDescribed Describe(Guid connectionId, XeroOrganization o) => new(
        connectionId, o.Name, o.LegalName, o.CountryCode, o.BaseCurrency, o.FinancialYearEndDay,
        o.FinancialYearEndMonth, o.TimeZone, o.ShortCode, o.Status, o.IsDemo);
}
