namespace CountingKit.Web.Hosting;

/// <summary>Where the portal listens, by whichever setting decides that.</summary>
internal static class ListenAddresses
{
    private const int HighestPort = 65_535;
    private const string Endpoints = "Kestrel__Endpoints";
    private const string Urls = "Urls";

    /// <summary>Their ports are of every address of this machine.</summary>
    private static readonly (string Setting, string Scheme)[] Ports = [("HTTP_PORTS", "http"), ("HTTPS_PORTS", "https")];

    /// <exception cref="SettingException">One of them is no address to listen on.</exception>
    public static void Check(IConfiguration configuration)
    {
        var (setting, addresses) = Of(configuration);
        if (addresses.All(IsAddress)) return;
        throw new SettingException(setting, setting is Urls or Endpoints
            ? "must name addresses such as http://localhost:5080, without a path (port 0 not with localhost)."
            : "must list ports, such as 8080.");
    }

    /// <returns>The setting, and what it names; no addresses = no setting says where.</returns>
    public static (string Setting, IReadOnlyList<string> Addresses) Of(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "").ToList();
        if (endpoints.Count > 0) return (Endpoints, endpoints);
        if (configuration.Text(WebHostDefaults.ServerUrlsKey) is { } urls) return (Urls, Parts(urls));
        var given = Ports.Where(kind => configuration.Text(kind.Setting) is not null).ToList();
        return (
            string.Join(" or ", given.Select(kind => kind.Setting)),
            [.. given.SelectMany(kind => Parts(configuration[kind.Setting]!).Select(port => $"{kind.Scheme}://*:{port}"))]);
    }

    public static bool IsHttps(string address) => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public static bool IsSocket(string address) => BindingAddress.Parse(address).IsUnixPipe;

    private static string[] Parts(string list) =>
        list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The server refuses others only after all else has started, or takes what it cannot read for any address.</summary>
    private static bool IsAddress(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return (Is(address.Scheme, Uri.UriSchemeHttp) || IsHttps(text))
                && address.PathBase == ""
                && (address.IsUnixPipe || address.IsNamedPipe || (HasPort(address) && !IsLocalWithoutPort(address)));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>What is no number is read as a part of the host, with the scheme's own port.</summary>
    private static bool HasPort(BindingAddress address) =>
        address.Port is >= 0 and <= HighestPort
        && (!address.Host.Contains(':', StringComparison.Ordinal) || address.Host.EndsWith(']'));

    private static bool IsLocalWithoutPort(BindingAddress address) =>
        address.Port == 0
        && (Is(address.Host, "localhost") || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));

    private static bool Is(string text, string other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);
}
