using System.Text.Json.Nodes;
using CountingKit.Testing;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// SIGKILL of the portal at the calls of a run that gathers its rows in a hidden tab: it ends once, people see the whole old or
/// the whole new, and no hidden tab stays.
/// </summary>
public sealed class KilledStagedRuns
{
    private const string Writes = "^(POST /v4/spreadsheets/[^/]+:batchUpdate|PUT /v4/spreadsheets/[^/]+/values/)";

    /// <summary>Making the tab, each part, and the step itself; before it is carried out, and after, with its answer withheld.</summary>
    [Fact]
    public async Task Killed_at_any_write_a_run_ends_once_and_shows_in_one_step()
    {
        await using var journey = await Journey.Begin(["--Organizations=1", "--Invoices=10", "--Limits=off"]);
        var control = journey.Sandbox.Control;
        var tenant = (await control.Post(
            "_/xero/organizations", new { name = "Large", invoices = Scale.Of(4_500, 20_000), invoiceBytes = 700 }))!;
        var tenantId = tenant["tenantId"]!.GetValue<string>();
        var exporter = await journey.ToExporter(tenantId);
        (await journey.Run(exporter))["status"]!.GetValue<string>().Should().BeOneOf("Completed", "Warnings");
        var killed = 0;

        foreach (var (stage, first, most) in new[] { ("before", 0, Scale.Of(3, 40)), ("after", Scale.Of(2, 0), Scale.Of(3, 40)) })
            for (var (call, isHeld) = (first, true); isHeld && call < most; call++)
            {
                var because = $"{stage} write {call + 1}";
                await control.Post($"_/xero/organizations/{tenantId}/invoices", new { count = 1 });
                // Where somebody edited the tab, all rows are sent.
                await control.Post("_/google/edit", new
                {
                    spreadsheetId = journey.SpreadsheetId, sheetId = await SheetId(journey),
                    cells = new[] { new { row = 5, col = 1, value = because } },
                });
                await control.EmptyJournal();
                await control.SetGate("google", Writes, call, stage);
                var runId = await journey.StartRun(exporter);
                isHeld = await HeldOrEnded(journey, runId);
                if (isHeld)
                {
                    await journey.Portal.Kill();
                    await control.ReleaseGate();
                    await journey.Portal.Restart();
                    killed++;
                }
                else
                {
                    await control.ReleaseGate();
                }

                var run = await journey.Ended(runId);
                run["status"]!.GetValue<string>().Should().BeOneOf(["Completed", "Warnings"], $"{because}: {run.ToJsonString()}");
                await RunLog.EndedOnce(journey.Portal, runId);
                Seen(await control.Journal()).Should().HaveCount(2, $"{because}: as it was, and as it is");
                (await control.Get<JsonNode>($"_/google/spreadsheets/{journey.SpreadsheetId}"))["tabs"]!.AsArray()
                    .Should().HaveCount(2, $"{because}: no hidden tab stays");
            }

        killed.Should().BeGreaterThanOrEqualTo(4, "the tab is made, gets at least one part, and is brought to where people look");
    }

    private static async Task<int> SheetId(Journey journey) =>
        (await journey.Sandbox.Control.Get<JsonNode>($"_/google/spreadsheets/{journey.SpreadsheetId}"))["tabs"]!.AsArray()
        .Single(tab => tab!["title"]!.GetValue<string>() == "Invoices")!["sheetId"]!.GetValue<int>();

    private static async Task<bool> HeldOrEnded(Journey journey, Guid runId)
    {
        while (true)
        {
            if ((await journey.Sandbox.Control.Get<JsonNode>("_/gate"))["held"]!.GetValue<bool>()) return true;
            if ((await journey.Look(runId))["ended"]!.GetValue<bool>()) return false;
            await Task.Delay(100);
        }
    }

    /// <summary>What people could see of the tab, in order, each state once.</summary>
    private static List<string> Seen(IReadOnlyList<JournalLine> journal) =>
        [.. journal.SelectMany(call => call.Tabs ?? []).Where(tab => tab.Title == "Invoices").Select(tab => tab.Hash).Distinct()];
}
