using System.Globalization;

namespace CountingKit.Sandbox.Hosting;

/// <summary>What the command line (<c>--key=value</c>) or the environment (<c>Key__Sub</c>) says.</summary>
/// <param name="Data">Folder of everything that must outlive the process.</param>
/// <param name="Organizations">Organizations made at the very first start, 1 to 200.</param>
/// <param name="Invoices">Sales invoices of the first organization, 0 to 1,000,000.</param>
/// <param name="Limits">Whether Xero's call limits and Google's quotas are enforced.</param>
/// <param name="EndWithParent">End when standard input ends; a line there makes room for another sandbox.</param>
internal sealed record SandboxOptions(
    string Data,
    ChosenPorts Ports,
    int Organizations,
    int Invoices,
    bool Limits,
    AppCredentials Xero,
    AppCredentials Google,
    bool EndWithParent)
{
    /// <exception cref="ArgumentException">A setting has a value that means nothing; the message names it.</exception>
    public static SandboxOptions Read(IConfiguration settings) => new(
        Path.GetFullPath(settings["Data"] ?? "data"),
        new ChosenPorts(
            Number(settings, "Ports:Xero", 0, 65535, 0),
            Number(settings, "Ports:Google", 0, 65535, 0),
            Number(settings, "Ports:Control", 0, 65535, 0)),
        Number(settings, "Organizations", 1, 200, 3),
        Number(settings, "Invoices", 0, 1_000_000, 1200),
        OneOf(settings, "Limits", "on", "off") != "off",
        new AppCredentials(settings["Xero:ClientId"], settings["Xero:ClientSecret"]),
        new AppCredentials(settings["Google:ClientId"], settings["Google:ClientSecret"]),
        OneOf(settings, "Parent", "stdin") == "stdin");

    private static int Number(IConfiguration settings, string key, int least, int most, int otherwise)
    {
        var text = settings[key];
        if (string.IsNullOrEmpty(text)) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most
            ? value
            : throw new ArgumentException($"{key} must be a whole number from {least} to {most}.");
    }

    private static string? OneOf(IConfiguration settings, string key, params string[] allowed)
    {
        var text = settings[key];
        if (string.IsNullOrEmpty(text)) return null;
        return allowed.Contains(text, StringComparer.Ordinal)
            ? text
            : throw new ArgumentException($"{key} must be {string.Join(" or ", allowed)}.");
    }
}

/// <summary>Ports asked for; 0 means: pick one once and keep it.</summary>
internal sealed record ChosenPorts(int Xero, int Google, int Control);

/// <summary>The app that may sign people in. A part that is null accepts any value that is not empty.</summary>
internal sealed record AppCredentials(string? ClientId, string? ClientSecret)
{
    public bool AcceptsId(string? clientId) => Accepts(ClientId, clientId);

    public bool AcceptsSecret(string? clientSecret) => Accepts(ClientSecret, clientSecret);

    private static bool Accepts(string? expected, string? given) =>
        string.IsNullOrEmpty(expected) ? !string.IsNullOrEmpty(given) : expected == given;
}
