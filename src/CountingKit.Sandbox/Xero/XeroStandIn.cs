using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero.Api;
using CountingKit.Sandbox.Xero.Books;
using CountingKit.Sandbox.Xero.Journals;
using CountingKit.Sandbox.Xero.Ledger;
using CountingKit.Sandbox.Xero.Reports;
using CountingKit.Sandbox.Xero.SignIn;

namespace CountingKit.Sandbox.Xero;

/// <summary>Stand-in for Xero: consent, tokens, connections, and the readable part of the Accounting API.</summary>
internal sealed class XeroStandIn : IDisposable
{
    private readonly SigningKey _key;
    private readonly CallLimits _limits;
    private readonly ConsentEndpoints _consent;
    private readonly TokenEndpoints _tokens;
    private readonly ConnectionsEndpoints _connections;
    private readonly AccountingEndpoints _accounting;
    private readonly XeroControl _control;

    public XeroStandIn(SandboxOptions options, SandboxPorts ports, SandboxClock clock, Journal journal)
    {
        _key = new SigningKey(options.Data);
        var state = new XeroState(options.Data);
        var switches = new XeroSwitches(state, options.Limits);
        var grants = new Grants(state, switches, clock);
        var connections = new Connections(state);
        var further = new FurtherBooks(state, clock);
        var organizations = new Organizations(state, further, clock);
        var ledgers = new Ledgers(state, further, organizations);
        var bearer = new Bearer(state, _key, clock);
        var maker = new TokenMaker(_key, grants, ports.XeroAddress, clock);

        _limits = new CallLimits(state, switches, clock);
        _consent = new ConsentEndpoints(grants, connections, organizations, switches, options.Xero);
        _tokens = new TokenEndpoints(state, grants, maker, _key, options.Xero, ports.XeroAddress);
        _connections = new ConnectionsEndpoints(bearer, connections);
        _accounting = new AccountingEndpoints(bearer, connections, organizations, new RecordReads(state, further),
            new ReportReads(state, organizations, ledgers), new JournalReads(state, new JournalBook(state, ledgers, clock)),
            _limits, clock);
        _control = new XeroControl(organizations, further, grants, connections, switches, journal, clock);
        organizations.MakeFirst(options.Organizations, options.Invoices);
    }

    /// <summary>Comes before <see cref="VendorTraffic"/>: a call that is delayed or held is in progress, too.</summary>
    public Task CountInProgress(HttpContext context, RequestDelegate next) => _limits.CountInProgress(context, next);

    public void Map(WebApplication site)
    {
        site.UseRouting();
        _consent.Map(site);
        _tokens.Map(site);
        _connections.Map(site);
        _accounting.Map(site);
        site.MapFallback(Problem.NotFound);
    }

    public void MapControl(IEndpointRouteBuilder routes) => _control.Map(routes);

    public void Dispose() => _key.Dispose();
}
