using Microsoft.Extensions.Options;

namespace CountingKit.Adapters.Xero;

/// <summary>The operator's own Xero app, section <c>Xero</c>. Without id and secret nobody can connect.</summary>
public sealed class XeroOptions
{
    public const string Section = "Xero";

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>Separated by spaces. Only <c>….read</c>, and what identifies a person.</summary>
    public string Scopes { get; set; } =
        "openid profile email offline_access accounting.settings.read accounting.contacts.read "
        + "accounting.invoices.read accounting.payments.read accounting.banktransactions.read "
        + "accounting.manualjournals.read accounting.budgets.read "
        + "accounting.reports.profitandloss.read accounting.reports.balancesheet.read "
        + "accounting.reports.trialbalance.read accounting.reports.banksummary.read "
        + "accounting.reports.aged.read accounting.reports.executivesummary.read "
        + "accounting.reports.budgetsummary.read";

    /// <summary>Starter, Core, Plus, Advanced or Enterprise: how many calls a day Xero allows.</summary>
    public string Tier { get; set; } = "Starter";

    public bool UsePkce { get; set; } = true;

    /// <summary>What Xero allows this app for one organization.</summary>
    public int CallsPerMinute { get; set; } = 60;

    /// <inheritdoc cref="CallsPerMinute"/>
    public int CallsAtOnce { get; set; } = 5;

    /// <summary>The whole address of the consent page.</summary>
    public Uri AuthorizeUrl { get; set; } = new("https://login.xero.com/identity/connect/authorize");

    public Uri IdentityUrl { get; set; } = new("https://identity.xero.com");

    public Uri ApiUrl { get; set; } = new("https://api.xero.com");

    internal bool HasApp => !string.IsNullOrWhiteSpace(ClientId) && !string.IsNullOrWhiteSpace(ClientSecret);

    internal string[] ScopeList => XeroScopes.Split(Scopes);

    /// <summary>Who may have made an identity token: Xero, or what stands at the configured addresses.</summary>
    internal IEnumerable<string> Issuers =>
    [
        "https://identity.xero.com", IdentityUrl.AbsoluteUri, AuthorizeUrl.GetLeftPart(UriPartial.Authority),
    ];

    /// <summary>Connections of one app by tier, since March 2, 2026 (Xero's pricing FAQ); null = any number.</summary>
    internal int? MostOrganizations => Tier.ToUpperInvariant() switch
    {
        "STARTER" => 5,
        "CORE" => 50,
        "PLUS" => 1_000,
        "ADVANCED" => 10_000,
        _ => null,
    };

    /// <summary>Calls per organization in 24 hours.</summary>
    internal int DayLimit => string.Equals(Tier, "Starter", StringComparison.OrdinalIgnoreCase) ? 1_000 : 5_000;

    internal Uri Identity(string path) => new(WithSlash(IdentityUrl), path);

    internal Uri Api(string path) => new(WithSlash(ApiUrl), path);

    private static Uri WithSlash(Uri address) =>
        address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}

/// <summary>A wrong or half-given setting stops the start, with one line that names it.</summary>
internal sealed class XeroOptionsCheck : IValidateOptions<XeroOptions>
{
    private static readonly string[] Tiers = ["Starter", "Core", "Plus", "Advanced", "Enterprise"];

    public ValidateOptionsResult Validate(string? name, XeroOptions options) =>
        Complaint(options) is { } complaint ? ValidateOptionsResult.Fail(complaint) : ValidateOptionsResult.Success;

    private static string? Complaint(XeroOptions options)
    {
        var hasId = !string.IsNullOrWhiteSpace(options.ClientId);
        var hasSecret = !string.IsNullOrWhiteSpace(options.ClientSecret);
        if (hasId && !hasSecret) return "Xero__ClientSecret is missing: Xero__ClientId is given, so it must be too.";
        if (hasSecret && !hasId) return "Xero__ClientId is missing: Xero__ClientSecret is given, so it must be too.";
        if (!Tiers.Contains(options.Tier, StringComparer.OrdinalIgnoreCase))
            return $"Xero__Tier must be one of {string.Join(", ", Tiers)}.";
        if (options.CallsPerMinute < 1) return "Xero__CallsPerMinute must be 1 or more.";
        if (options.CallsAtOnce < 1) return "Xero__CallsAtOnce must be 1 or more.";
        if (options.ScopeList.FirstOrDefault(XeroScopes.MayWrite) is { } scope)
            return $"Xero__Scopes must not ask for {scope}: only read permissions (….read) and "
                + "openid, profile, email, offline_access are allowed.";
        if (!options.ScopeList.Contains(XeroScopes.OfflineAccess))
            return "Xero__Scopes must ask for offline_access, or no connection outlives half an hour.";
        return Address(nameof(XeroOptions.AuthorizeUrl), options.AuthorizeUrl)
            ?? Address(nameof(XeroOptions.IdentityUrl), options.IdentityUrl)
            ?? Address(nameof(XeroOptions.ApiUrl), options.ApiUrl);
    }

    private static string? Address(string setting, Uri? address) => address switch
    {
        { IsAbsoluteUri: true, Scheme: "https" } => null,
        { IsAbsoluteUri: true, Scheme: "http", IsLoopback: true } => null,
        _ => $"Xero__{setting} must be an https address (plain http only to this machine itself).",
    };
}
