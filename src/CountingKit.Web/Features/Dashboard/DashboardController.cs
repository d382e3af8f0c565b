using CountingKit.Connections;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Dashboard;

/// <param name="Steps">The set-up, in its order; all done = it is not shown any more.</param>
/// <param name="Troubled">Connections that need a look.</param>
/// <param name="Runs">The latest, newest first.</param>
public sealed record DashboardPage(
    IReadOnlyList<SetUpStep> Steps, IReadOnlyList<ConnectionListItem> Troubled, IReadOnlyList<RunRow> Runs)
{
    public bool IsSetUp => Steps.All(step => step.IsDone);
}

/// <param name="Now">What there is, once it is done.</param>
public sealed record SetUpStep(string Title, string Why, string Href, bool IsDone, string Now);

public sealed class DashboardController(IMediator mediator) : Controller
{
    private const int LatestRuns = 8;

    [HttpGet("/"), Needs(Permission.View)]
    public async Task<IActionResult> Index(CancellationToken ct)
    {
        var spreadsheets = await mediator.Send(new ListSpreadsheets(), ct);
        var connections = await mediator.Send(new ListConnections(), ct);
        var exporters = await mediator.Send(new ListExporters(), ct);
        var runs = await mediator.Send(new ListRuns(Take: LatestRuns), ct);
        return View(new DashboardPage(
            [
                new("Connect a Google Sheet",
                    "Where the data goes: a Google account or a service account, and a spreadsheet.",
                    "/spreadsheets", spreadsheets.Spreadsheets.Count > 0, Count(spreadsheets.Spreadsheets.Count, "spreadsheet")),
                new("Connect a Xero organization",
                    "Where the data comes from. CountingKit only ever reads.",
                    "/connections", connections.All > 0, Count(connections.All, "organization")),
                new("Create an exporter",
                    "What to export, and to which tab.",
                    "/exporters", exporters.Count > 0, Count(exporters.Count, "exporter")),
                new("Run it", "Watch it, then open the sheet.", "/exporters", runs.Count > 0, "Done"),
            ],
            [.. connections.Items.Where(item => item.Badge.Health != ConnectionHealth.Connected)],
            runs));
    }

    private static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";
}
