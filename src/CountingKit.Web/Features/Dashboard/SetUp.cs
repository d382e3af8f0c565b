using CountingKit.Connections;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Spreadsheets;

namespace CountingKit.Web.Features.Dashboard;

/// <summary>The four steps from nothing to a sheet with data.</summary>
public sealed record SetUp(IReadOnlyList<SetUpStep> Steps)
{
    public int Done => Steps.Count(step => step.IsDone);

    /// <summary>The first step that is not done; null = all are.</summary>
    public SetUpStep? Next => Steps.FirstOrDefault(step => !step.IsDone);

    public static SetUp Of(
        SpreadsheetList google, ConnectionList connections, IReadOnlyList<ExporterRow> exporters, Role role) => new(
    [
        Sheet(google, role),
        new("Connect Xero", "Where the data comes from. CountingKit only ever reads.", connections.All > 0)
        {
            Button = "Connect an organization",
            Href = "/connections/connect",
            Place = "/connections",
            Now = Count(connections.All, "organization"),
            IsAllowed = role.May(Permission.Connect),
        },
        new("Create an exporter", "What to export, and to which tab.", exporters.Count > 0)
        {
            Button = "Create an exporter",
            Href = "/exporters/new",
            Place = "/exporters",
            Now = Count(exporters.Count, "exporter"),
            IsAllowed = role.May(Permission.ManageExporters),
        },
        Run(exporters, role),
    ]);

    private static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    private static SetUpStep Sheet(SpreadsheetList google, Role role)
    {
        var hasAccount = google.Accounts.Count > 0;
        return new(
            "Connect a Google Sheet",
            hasAccount
                ? "Google is connected. Create a spreadsheet or choose one of yours."
                : "Where the data goes: a Google account or a service account, and a spreadsheet.",
            google.Spreadsheets.Count > 0)
        {
            Button = hasAccount ? "Add a spreadsheet" : "Connect Google",
            Href = hasAccount ? $"/spreadsheets/connect/{google.Accounts[0].AccountId}" : "/spreadsheets/connect",
            Place = "/spreadsheets",
            Now = Count(google.Spreadsheets.Count, "spreadsheet"),
            IsAllowed = role.May(Permission.Connect),
        };
    }

    private static SetUpStep Run(IReadOnlyList<ExporterRow> exporters, Role role)
    {
        var running = exporters.Select(e => e.ActiveRunId).FirstOrDefault(run => run is not null);
        var first = exporters.Select(e => (Guid?)e.ExporterId).FirstOrDefault();
        return new(
            "Run it",
            running is null ? "Watch the rows arrive in the sheet." : "It is running: watch it.",
            exporters.Any(e => e.WrittenAt is not null))
        {
            Button = running is null ? "Open the exporter" : "Watch the run",
            Href = running is { } run ? $"/runs/{run}" : $"/exporters/{first}",
            Place = "/runs",
            Now = "The sheet holds data",
            IsAllowed = role.May(Permission.Run),
        };
    }
}

public sealed record SetUpStep(string Title, string Text, bool IsDone)
{
    /// <summary>What the button says when it is the next step.</summary>
    public required string Button { get; init; }

    public required string Href { get; init; }

    /// <summary>Where what was done can be looked at.</summary>
    public required string Place { get; init; }

    /// <summary>What there is, once it is done.</summary>
    public required string Now { get; init; }

    /// <summary>False = somebody with another role must do it.</summary>
    public required bool IsAllowed { get; init; }
}
