namespace CountingKit.Web.Hosting;

/// <summary>Whether the stand-ins are started, and what of the configuration then points to them.</summary>
internal static class SandboxSettings
{
    private const string PortalData = "data/sandbox/portal";
    private const string App = "sandbox";

    private static readonly string[] Credentials =
        ["Xero:ClientId", "Xero:ClientSecret", "Google:ClientId", "Google:ClientSecret", "Google:ServiceAccountFile"];

    /// <summary>In Development without vendor credentials, or where <c>Sandbox__Enabled</c> says so.</summary>
    /// <exception cref="SettingException">Asked for in Production, or beside real credentials.</exception>
    public static bool IsWanted(IConfiguration configuration, IHostEnvironment environment)
    {
        var asked = configuration.YesOrNo("Sandbox:Enabled");
        var real = Credentials.FirstOrDefault(key => configuration.Text(key) is not null);
        if (asked is true && environment.IsProduction())
            throw new SettingException("Sandbox__Enabled", "must not be true in Production: the sandbox is for trying out.");
        if (asked is true && real is not null)
            throw new SettingException(
                "Sandbox__Enabled", $"must not be true beside real credentials ({SettingReader.Environment(real)}).");
        return asked ?? (environment.IsDevelopment() && real is null);
    }

    /// <summary>What the child process is told.</summary>
    public static IEnumerable<string> Arguments(IConfiguration configuration, string contentRoot)
    {
        var organizations = configuration.WholeNumber("Sandbox:Organizations", 1, 200, 3);
        var invoices = configuration.WholeNumber("Sandbox:Invoices", 0, 1_000_000, 1200);
        var limits = (configuration.Text("Sandbox:Limits") ?? "on").ToLowerInvariant();
        if (limits is not ("on" or "off")) throw new SettingException("Sandbox__Limits", "must be on or off.");
        return
        [
            $"--Data={Path.Combine(contentRoot, "data", "sandbox", "stand-ins")}",
            $"--Organizations={organizations}",
            $"--Invoices={invoices}",
            $"--Limits={limits}",
            $"--Xero:ClientId={App}",
            $"--Google:ClientId={App}",
            "--Parent=stdin",
        ];
    }

    /// <summary>For commands on the console: where the portal keeps its data while the stand-ins are wanted.</summary>
    /// <inheritdoc cref="IsWanted" path="/exception"/>
    public static void AddSandboxData(this WebApplicationBuilder builder)
    {
        if (IsWanted(builder.Configuration, builder.Environment))
            builder.Configuration.AddInMemoryCollection(Data(builder.Configuration));
    }

    /// <summary>The vendors' addresses, and data of its own unless the settings already say where.</summary>
    public static Dictionary<string, string?> Redirect(IConfiguration configuration, SandboxAddresses at)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Xero:ClientId"] = App,
            ["Xero:ClientSecret"] = App,
            ["Xero:AuthorizeUrl"] = $"{at.Xero}/identity/connect/authorize",
            ["Xero:IdentityUrl"] = at.Xero,
            ["Xero:ApiUrl"] = at.Xero,
            ["Google:ClientId"] = App,
            ["Google:ClientSecret"] = App,
            ["Google:AuthorizeUrl"] = $"{at.Google}/o/oauth2/v2/auth",
            ["Google:TokenUrl"] = $"{at.Google}/token",
            ["Google:RevokeUrl"] = $"{at.Google}/revoke",
            ["Google:SheetsUrl"] = $"{at.Google}/",
            ["Google:DriveUrl"] = $"{at.Google}/",
        };
        foreach (var (key, value) in Data(configuration)) settings[key] = value;
        return settings;
    }

    private static Dictionary<string, string?> Data(IConfiguration configuration) => new Dictionary<string, string?>
    {
        ["EventStore:ConnectionString"] = $"sqlite:{PortalData}/events.db",
        ["Database:ConnectionString"] = $"sqlite:{PortalData}",
        ["Mirror:Path"] = $"{PortalData}/mirror",
    }.Where(place => configuration.Text(place.Key) is null).ToDictionary();
}
