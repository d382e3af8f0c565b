using CountingKit.Connections;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Settings;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Runs;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Dashboard;

/// <summary>What is set up, how it stands, and what to do next; each part cut to what the member may see.</summary>
public sealed class DashboardController(IMediator mediator, IRequesterSource requesters) : Controller
{
    private const int RecentRuns = 8;
    private const int MostActive = 50;

    [HttpGet("/"), Needs(Permission.View)]
    public async Task<IActionResult> Index(CancellationToken ct)
    {
        var role = (await requesters.Current(ct))!.Role;
        var spreadsheets = await mediator.Send(new ListSpreadsheets(), ct);
        var connections = await mediator.Send(new ListConnections(), ct);
        var exporters = await mediator.Send(new ListExporters(), ct);
        var recent = await mediator.Send(new ListRuns(Take: RecentRuns), ct);
        var active = await ActiveRuns(ct);
        return this.PageOrFragment("_Dashboard", new DashboardPage(
            SetUp.Of(spreadsheets, connections, exporters, role),
            connections.Items, exporters, spreadsheets, active, recent,
            role.May(Permission.ManageSettings) ? await mediator.Send(new GetOlderLog(), ct) : null)
        {
            Progress = await mediator.Progress(active, ct),
        });
    }

    private async Task<IReadOnlyList<RunRow>> ActiveRuns(CancellationToken ct)
    {
        var active = new List<RunRow>();
        foreach (var status in new[] { RunStatus.Running, RunStatus.Waiting, RunStatus.Queued })
            active.AddRange(await mediator.Send(new ListRuns(Status: status, Take: MostActive), ct));
        return active;
    }
}
