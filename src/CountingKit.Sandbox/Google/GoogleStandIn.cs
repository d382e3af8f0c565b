using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Google;

/// <summary>Stand-in for Google: consent, tokens, Sheets v4 and the part of Drive v3 that the portal uses.</summary>
internal sealed class GoogleStandIn(SandboxOptions options, SandboxPorts ports, SandboxClock clock)
{
    /// <summary>
    /// The vendor's own addresses, on the Google port, behind <see cref="VendorTraffic"/>: request bodies are read and
    /// seekable, answers are kept back and compressed by the host. Middleware that must come before routing (a method
    /// override) goes above <c>UseRouting</c>.
    /// </summary>
    public void Map(WebApplication site)
    {
        site.UseRouting();
        site.MapGet("/", () => $"Sandbox: stand-in for Google at {ports.GoogleAddress}");
    }

    /// <summary>Addresses under <c>/_/google</c>, on the control port.</summary>
    public void MapControl(IEndpointRouteBuilder routes) => routes.MapGet("/_/google", () => new
    {
        address = ports.GoogleAddress,
        now = clock.GetUtcNow(),
        limits = options.Limits,
    });
}
