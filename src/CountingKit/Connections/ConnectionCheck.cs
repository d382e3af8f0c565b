using CountingKit.EventSourcing;
using CountingKit.Runs;

namespace CountingKit.Connections;

/// <summary>Asks Xero for the organization behind a connection and notes what has become different.</summary>
internal sealed class ConnectionCheck(IXeroConnections xero, Streams streams)
{
    /// <returns>What stood in the way; null = the organization answered.</returns>
    public async Task<(SourceException? Trouble, Appended Appended)> Check(Guid connectionId, CancellationToken ct)
    {
        SourceException? trouble = null;
        OrganizationDescribed? found = null;
        try
        {
            found = Describe(connectionId, await xero.ReadOrganization(connectionId, ct));
        }
        catch (SourceException said)
        {
            trouble = said;
        }

        var done = await streams.Transact(
            Connection.StreamOf(connectionId), Connection.Decider,
            state => found is not null
                ? Connection.Found(state, found)
                : Connection.Failed(state, trouble!.Problem, trouble.Code),
            ct);
        return (trouble, done.Appended);
    }

    private static OrganizationDescribed Describe(Guid connectionId, XeroOrganization o) => new(
        connectionId, o.Name, o.LegalName, o.CountryCode, o.BaseCurrency, o.FinancialYearEndDay,
        o.FinancialYearEndMonth, o.TimeZone, o.ShortCode, o.Status, o.IsDemo);
}
