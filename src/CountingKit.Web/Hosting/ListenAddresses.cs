namespace CountingKit.Web.Hosting;

/// <summary>Where the portal listens, by whichever setting decides that.</summary>
internal static class ListenAddresses
{
    private const int HighestPort = 65_535;

    /// <exception cref="SettingException">One of them is no address to listen on.</exception>
    public static void Check(IConfiguration configuration)
    {
        var (setting, addresses) = Of(configuration);
        if (setting is "Urls" or "Kestrel__Endpoints" && !addresses.All(IsAddress))
            throw new SettingException(
                setting, "must name addresses such as http://localhost:5080, without a path (port 0 not with localhost).");
    }

    /// <returns>The setting, and what it names.</returns>
    public static (string Setting, IReadOnlyList<string> Addresses) Of(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0) return ("Kestrel__Endpoints", endpoints);
        if (configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls)
            return ("Urls", urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
        string[] keys = ["HTTP_PORTS", "HTTPS_PORTS"];
        var given = keys.Where(key => configuration.Text(key) is not null).ToList();
        return (string.Join(" or ", given), given.Select(key => configuration[key]!).ToList());
    }

    /// <summary>What the server refuses only after all else has started.</summary>
    private static bool IsAddress(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return (Is(address.Scheme, Uri.UriSchemeHttp) || Is(address.Scheme, Uri.UriSchemeHttps))
                && address.PathBase == ""
                && address.Port is >= 0 and <= HighestPort
                && !(address.Port == 0 && Is(address.Host, "localhost"));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool Is(string text, string other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);
}
