using System.ComponentModel.DataAnnotations;
using System.Net;
using CountingKit.Workspaces;

namespace CountingKit.Web.Hosting;

/// <summary>The portal's own settings (<c>Portal__…</c>).</summary>
/// <param name="PublicUrl">Where browsers reach the portal; null = where it listens, on <c>localhost</c>.</param>
/// <param name="TrustedProxies">Whose forwarded headers count: addresses and networks.</param>
/// <param name="Owner">The first owner, made at the start without a code; null = the code on the console.</param>
/// <param name="ApiKey">An owner's API key; null = none by setting.</param>
internal sealed record PortalOptions(
    Uri? PublicUrl, IReadOnlyList<IPNetwork> TrustedProxies, OwnerCredentials? Owner, string? ApiKey)
{
    private const int ApiKeyLength = 20;

    /// <exception cref="SettingException">A setting is wrong or half given.</exception>
    public static PortalOptions Read(IConfiguration configuration) => new(
        ReadPublicUrl(configuration),
        [.. Proxies(configuration)],
        ReadOwner(configuration),
        configuration.Text("Portal:ApiKey") is not { } key ? null
            : key.Length >= ApiKeyLength ? key
            : throw new SettingException("Portal__ApiKey", $"must have at least {ApiKeyLength} characters."));

    private static Uri? ReadPublicUrl(IConfiguration configuration)
    {
        var given = configuration.WebAddress("Portal:PublicUrl");
        if (given is { PathAndQuery: not "/" } or { Fragment: not "" } or { UserInfo: not "" })
            throw new SettingException(
                "Portal__PublicUrl", "must end after host and port: the portal needs a host name of its own, not a path of one.");
        if (given is null && ListenAddresses.Of(configuration).Addresses.Any(ListenAddresses.IsHttps))
            throw new SettingException(
                "Portal__PublicUrl", "is missing: the portal listens on https and cannot know the name that its certificate is for.");
        return given;
    }

    private static IEnumerable<IPNetwork> Proxies(IConfiguration configuration)
    {
        foreach (var part in (configuration.Text("Portal:TrustedProxies") ?? "").Split(
            [',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(part, out var network)) yield return network;
            else if (IPAddress.TryParse(part, out var address))
                yield return new IPNetwork(address, address.GetAddressBytes().Length * 8);
            else
                throw new SettingException(
                    "Portal__TrustedProxies", "must list addresses or networks, such as 10.0.0.4 or 10.0.0.0/24.");
        }
    }

    private static OwnerCredentials? ReadOwner(IConfiguration configuration)
    {
        var (email, password) = (configuration.Text("Portal:OwnerEmail"), configuration["Portal:OwnerPassword"]);
        if (email is null && string.IsNullOrEmpty(password)) return null;
        if (email is null) throw new SettingException("Portal__OwnerEmail", "is missing: Portal__OwnerPassword is given.");
        if (string.IsNullOrEmpty(password))
            throw new SettingException("Portal__OwnerPassword", "is missing: Portal__OwnerEmail is given.");
        if (!new EmailAddressAttribute().IsValid(email))
            throw new SettingException("Portal__OwnerEmail", "must be an email address.");
        if (password.Length < OwnerCredentials.PasswordLength)
            throw new SettingException(
                "Portal__OwnerPassword", $"must have at least {OwnerCredentials.PasswordLength} characters.");
        return new OwnerCredentials(email, password);
    }
}

/// <summary>The first owner's sign-in, as settings give it.</summary>
internal sealed record OwnerCredentials(string Email, string Password)
{
    /// <summary>The least characters of any member's password.</summary>
    public const int PasswordLength = PasswordRules.LeastLength;

    public override string ToString() => nameof(OwnerCredentials);
}
