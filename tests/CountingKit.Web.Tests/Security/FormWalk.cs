using System.Text;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Security;

/// <summary>Everything that takes something, one after the other, each with a form as it should be and one field otherwise.</summary>
internal sealed class FormWalk(Neighbors neighbors)
{
    /// <summary>What ends something for the others comes last.</summary>
    private static readonly string[] Last = ["remove", "delete", "disconnect", "/setup", "restore", "password", "sign-in", "sessions", "sign-out"];

    public static bool EndsSomething(FieldsOfRoute route) => Last.Any(route.Pattern.Contains);

    public IEnumerable<FieldsOfRoute> Ordered() => FieldsOfRoute.Of(neighbors.Portal)
        .Where(route => !route.IsApi && !route.Pattern.StartsWith("/error", StringComparison.Ordinal))
        .OrderBy(route => Array.FindIndex(Last, route.Pattern.Contains));

    /// <summary>The form as it should be, with this one field otherwise.</summary>
    public IEnumerable<(string Name, string Encoded)> Fields(FieldsOfRoute route, string odd, string[] values) =>
        route.Fields.Where(field => field != odd).Select(field => (field, Usual(field))).Concat(values.Select(value => (odd, value)));

    /// <summary>Empty = nobody need fill it in.</summary>
    public string Usual(string field) => field switch
    {
        "commandId" or "CommandId" or "ExporterId" or "ScheduleId" => $"{Guid.CreateVersion7()}",
        "SpreadsheetKey" => $"{neighbors.Own.SpreadsheetKey}",
        "ConnectionId" or "connection" => $"{neighbors.Own.ConnectionId}",
        "Dataset" => "invoices",
        "Kind" => "Daily",
        "Zone" => "UTC",
        "Columns[0].Key" => "invoiceId",
        "Columns[0].Chosen" => "true",
        "Name" or "TabTitle" or "Tab" => $"{Guid.CreateVersion7():N}"[..20],
        _ => "",
    };

    public async Task<Page> Send(
        Browser browser, FieldsOfRoute route, string token, IEnumerable<(string Name, string Encoded)> fields)
    {
        var encoded = string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={f.Encoded}"));
        var path = route.Address(neighbors.Own.Names());
        // A server takes no longer address; what is longer does not reach the portal.
        if (route.Method == "GET")
            return await browser.Get($"{path}?{encoded[..Math.Min(encoded.Length, 7000)].TrimEnd('%')}");
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes($"{encoded}&__RequestVerificationToken={token}"));
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        return await browser.Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
    }

    public static async Task<string> Token(Browser browser) => Uri.EscapeDataString((await browser.Get("/"))
        .Form("form[action='/sign-out']", inFrame: true).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
}
