using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CountingKit.Web.Hosting;

/// <summary>Where browsers reach the portal: what redirect URIs and printed links begin with.</summary>
internal sealed class PortalAddress(PortalOptions options, IServer server)
{
    /// <summary>With a last slash. Without <c>Portal__PublicUrl</c> known only once the portal listens.</summary>
    public Uri Url => options.PublicUrl is { } given ? WithSlash(given) : new Uri($"http://localhost:{Port}/");

    /// <summary>The absolute address of a path of the portal, such as <c>connections/xero/callback</c>.</summary>
    public Uri Of(string path) => new(Url, path.TrimStart('/'));

    private int Port => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address
        ? BindingAddress.Parse(address).Port
        : 80;

    private static Uri WithSlash(Uri address) =>
        address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
