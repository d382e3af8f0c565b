using System.Net;

namespace CountingKit.Sandbox.Hosting;

/// <summary>The control port's front page: what there is, with links.</summary>
internal static class ControlIndex
{
    private static readonly (string Path, string What)[] Links =
    [
        ("/_/journal", "Journal: every request to a stand-in, in order"),
        ("/_/clock", "Clock of the stand-ins"),
        ("/_/faults", "Faults that are set"),
        ("/_/gate", "Gate: the request that is held, if any"),
        ("/_/xero/people", "Xero: people who can sign in"),
        ("/_/xero/organizations", "Xero: organizations and the size of their books"),
        ("/_/xero/settings", "Xero: limits and settings"),
        ("/_/xero/stats", "Xero: calls since the journal was emptied"),
        ("/_/google/spreadsheets", "Google: spreadsheets"),
    ];

    public static void MapIndex(this IEndpointRouteBuilder routes, SandboxPorts ports) =>
        routes.MapGet("/", () => HtmlPage.Answer("CountingKit sandbox", vendor: null, $"""
            <p>Stand-ins for Xero and Google on this machine. Nothing here reaches the real ones.</p>
            <ul>
              <li>Xero: <code>{ports.XeroAddress}</code></li>
              <li>Google: <code>{ports.GoogleAddress}</code></li>
            </ul>
            <h2>Look</h2>
            <ul>{string.Concat(Links.Select(link =>
                $"<li><a href=\"{link.Path}\">{WebUtility.HtmlEncode(link.What)}</a></li>"))}</ul>
            <p class="small">Changes are made with POST and DELETE on addresses under <code>/_/</code>.</p>
            """));
}
