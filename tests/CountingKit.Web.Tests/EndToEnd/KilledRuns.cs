using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// SIGKILL of the portal around a run's write: after a restart the run ends once, the sheet was written once, and nobody ever
/// saw anything in it but the old and the new.
/// </summary>
public sealed class KilledRuns(KilledRuns.Exported exported) : IClassFixture<KilledRuns.Exported>
{
    [Fact]
    public async Task Killed_when_the_write_is_applied_and_its_answer_withheld_a_run_does_not_write_again()
    {
        var before = await exported.Change();
        await exported.Control.SetGate("google", "POST /v4/spreadsheets/[^/]+:batchUpdate", stage: "after");
        var runId = await exported.Journey.StartRun(exported.ExporterId);
        (await exported.HeldOrEnded(runId)).Should().BeTrue();
        await exported.KillAndRestart();

        await exported.EndsOnceAndWroteOnce(runId, before);
    }

    [Fact]
    public async Task Killed_after_its_write_a_run_still_warns_of_what_it_did()
    {
        var spreadsheetId = exported.Journey.SpreadsheetId;
        var tabs = (await exported.Control.Get<JsonNode>($"_/google/spreadsheets/{spreadsheetId}"))["tabs"]!.AsArray();
        var sheetId = tabs.Single(tab => tab!["title"]!.GetValue<string>() == "Invoices")!["sheetId"]!.GetValue<int>();
        await exported.Control.Post("_/google/edit", new { spreadsheetId, requests = new[] { new { deleteSheet = new { sheetId } } } });
        var before = await exported.Change();
        await exported.Control.SetGate("google", "POST /v4/spreadsheets/[^/]+:batchUpdate", stage: "after");
        var runId = await exported.Journey.StartRun(exported.ExporterId);
        (await exported.HeldOrEnded(runId)).Should().BeTrue();
        await exported.KillAndRestart();

        await exported.EndsOnceAndWroteOnce(runId, before);

        (await exported.Journey.Look(runId))["warnings"]!.AsArray().Select(w => w!["code"]!.GetValue<string>())
            .Should().Equal("CK-SHEET-11");
    }

    [Fact]
    public async Task When_the_connection_breaks_after_the_write_a_run_does_not_write_again()
    {
        var before = await exported.Change();
        await exported.Control.AddFault(new
        {
            vendor = "google", pathPattern = "POST /v4/spreadsheets/[^/]+:batchUpdate", kind = "drop-after",
        });
        var runId = await exported.Journey.StartRun(exported.ExporterId);

        await exported.EndsOnceAndWroteOnce(runId, before);
        await exported.Control.ClearFaults();
    }

    [Fact]
    public async Task Killed_after_its_write_a_run_waits_for_Google_to_tell_what_became_of_it()
    {
        var before = await exported.Change();
        await exported.Control.SetGate("google", "POST /v4/spreadsheets/[^/]+:batchUpdate", stage: "after");
        var runId = await exported.Journey.StartRun(exported.ExporterId);
        (await exported.HeldOrEnded(runId)).Should().BeTrue();
        await exported.KillAndRestart(meanwhile: () => exported.Control.AddFault(new
        {
            vendor = "google", pathPattern = "GET /v4/spreadsheets", kind = "status", status = 503, times = 5,
        }));

        await exported.EndsOnceAndWroteOnce(runId, before);
        (await RunLog.Of(exported.Journey.Portal, runId)).Should().Contain("run-waited.v1", "it said so, and not that nothing was written");
        await exported.Control.ClearFaults();
    }

    [Fact]
    public async Task A_write_that_is_proven_is_not_made_a_failure_by_what_Drive_says_afterwards()
    {
        var before = await exported.Change();
        await exported.Control.AddFault(new
        {
            vendor = "google", pathPattern = "GET /drive/v3/files/", kind = "status", status = 404, times = 9,
        });
        var runId = await exported.Journey.StartRun(exported.ExporterId);

        await exported.EndsOnceAndWroteOnce(runId, before);
        await exported.Control.ClearFaults();
    }

    /// <summary>A small organization and an exporter that has run once.</summary>
    public sealed class Exported : IAsyncLifetime
    {
        public int Invoices { get; init; } = 40;

        public Journey Journey { get; private set; } = null!;

        public string TenantId { get; private set; } = "";

        public Guid ExporterId => Journey.ExporterId;

        public SandboxControl Control => Journey.Sandbox.Control;

        /// <summary>What everybody sees of the spreadsheet.</summary>
        public string Sheet { get; set; } = "";

        public async Task InitializeAsync()
        {
            Journey = await Journey.AfterFirstRun(null, $"--Invoices={Invoices}");
            TenantId = (await Journey.Organizations())[0].TenantId;
            Sheet = States(await Control.Journal())[^1];
        }

        public async Task DisposeAsync()
        {
            if (Journey is not null) await Journey.DisposeAsync();
        }

        public async Task KillAndRestart(Func<Task>? meanwhile = null)
        {
            await Journey.Portal.Kill();
            if (meanwhile is not null) await meanwhile();
            await Control.ReleaseGate();
            await Journey.Portal.Restart();
        }

        /// <summary>One more invoice, and both sign-ins to be renewed: the next run makes every kind of call.</summary>
        /// <returns>What everybody sees of the sheet now.</returns>
        public async Task<string> Change()
        {
            await Control.Post($"_/xero/organizations/{TenantId}/invoices", new { count = 1 });
            await Control.Post("_/xero/tokens/expire", new { });
            await Control.Post("_/google/tokens/expire", new { });
            await Control.EmptyJournal();
            return Sheet;
        }

        public async Task<bool> HeldOrEnded(Guid runId)
        {
            while (true)
            {
                if ((await Control.Get<JsonNode>("_/gate"))["held"]!.GetValue<bool>()) return true;
                if ((await Journey.Look(runId))["ended"]!.GetValue<bool>()) return false;
                await Task.Delay(100);
            }
        }

        /// <returns>The run, as the API tells it.</returns>
        public async Task<JsonNode> EndsOnceAndWroteOnce(Guid runId, string before)
        {
            var run = await Journey.Ended(runId);

            run["status"]!.GetValue<string>().Should().BeOneOf("Completed", "Warnings", run.ToJsonString());
            await RunLog.EndedOnce(Journey.Portal, runId);
            var journal = await Control.Journal();
            journal.Should().ContainSingle(call => call.Vendor == "google" && call.Write, string.Join('\n', journal));
            var seen = States(journal);
            seen.Should().HaveCount(1, "the write was one step").And.NotContain(before);
            Sheet = seen[0];
            return run;
        }

        /// <summary>What people could see of the spreadsheet, each state once, in order.</summary>
        private static List<string> States(IReadOnlyList<JournalLine> journal) =>
            [.. journal.Where(call => call.Tabs is not null)
                .Select(call => string.Join(',', call.Tabs!.Select(tab => $"{tab.Title}={tab.Hash}"))).Distinct()];
    }
}
