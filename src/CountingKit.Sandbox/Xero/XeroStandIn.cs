using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Xero;

/// <summary>Stand-in for Xero: consent, tokens, connections and the Accounting API.</summary>
internal sealed class XeroStandIn(SandboxOptions options, SandboxPorts ports, SandboxClock clock)
{
    public void Map(WebApplication site)
    {
        site.UseRouting();
        site.MapGet("/", () => $"Sandbox: stand-in for Xero at {ports.XeroAddress}");
    }

    public void MapControl(IEndpointRouteBuilder routes) => routes.MapGet("/_/xero", () => new
    {
        address = ports.XeroAddress,
        now = clock.GetUtcNow(),
        limits = options.Limits,
    });
}
