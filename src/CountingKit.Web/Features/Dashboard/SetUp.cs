using CountingKit.Connections;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;

namespace CountingKit.Web.Features.Dashboard;

/// <summary>The four steps from nothing to a sheet with data.</summary>
public sealed record SetUp(IReadOnlyList<SetUpStep> Steps)
{
    public int Done => Steps.Count(step => step.IsDone);

    /// <summary>The first step that is not done; null = all are.</summary>
    public SetUpStep? Next => Steps.FirstOrDefault(step => !step.IsDone);

    public static SetUp Of(
        SpreadsheetList spreadsheets, ConnectionList connections, IReadOnlyList<ExporterRow> exporters, Role role) => new(
    [
        Sheet(spreadsheets, role),
        new("Connect Xero", "Where the data comes from. CountingKit only ever reads.", connections.All > 0,
            "Connect an organization", "/connections/connect", "/connections", Count(connections.All, "organization"), role.May(Permission.Connect)),
        new("Create an exporter", "What to export, and to which tab.", exporters.Count > 0,
            "Create an exporter", "/exporters/new", "/exporters", Count(exporters.Count, "exporter"), role.May(Permission.ManageExporters)),
        Run(exporters, role),
    ]);

    private static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    private static SetUpStep Sheet(SpreadsheetList spreadsheets, Role role) => spreadsheets.Accounts.Count == 0
        ? new("Connect a Google Sheet", "Where the data goes: a Google account or a service account, and a spreadsheet.",
            false, "Connect Google", "/spreadsheets", "/spreadsheets", "", role.May(Permission.Connect))
        : new("Connect a Google Sheet", "Google is connected. Create a spreadsheet or choose one of yours.",
            spreadsheets.Spreadsheets.Count > 0, "Add a spreadsheet", "/spreadsheets", "/spreadsheets",
            Count(spreadsheets.Spreadsheets.Count, "spreadsheet"), role.May(Permission.Connect));

    private static SetUpStep Run(IReadOnlyList<ExporterRow> exporters, Role role)
    {
        var waiting = exporters.FirstOrDefault(e => e.ActiveRunId is not null) ?? (exporters.Count > 0 ? exporters[0] : null);
        return new(
            "Run it",
            waiting?.ActiveRunId is null ? "Watch the rows arrive in the sheet." : "It is running. Watch the rows arrive in the sheet.",
            exporters.Any(e => e.WrittenAt is not null),
            waiting?.ActiveRunId is null ? "Open the exporter" : "Watch the run",
            waiting switch
            {
                null => "/exporters",
                { ActiveRunId: { } run } => $"/runs/{run}",
                _ => $"/exporters/{waiting.ExporterId}",
            },
            "/runs", "The sheet holds data", role.May(Permission.Run));
    }
}

/// <param name="Button">What the next step's button says.</param>
/// <param name="Place">Where what was done can be looked at.</param>
/// <param name="Now">What there is, once it is done.</param>
/// <param name="IsAllowed">False = somebody with another role must do it.</param>
public sealed record SetUpStep(
    string Title, string Text, bool IsDone, string Button, string Href, string Place, string Now, bool IsAllowed);
