using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;
using Xunit.Abstractions;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// SIGKILL of the portal at each call that a run makes: after a restart the run ends once, the sheet was written once,
/// and nobody ever saw anything in it but the old and the new.
/// </summary>
public sealed class KilledRuns(KilledRuns.Exported exported, ITestOutputHelper output)
    : IClassFixture<KilledRuns.Exported>
{
    private Journey Journey => exported.Journey;

    [Fact]
    public async Task Killed_at_any_call_a_run_ends_once_and_has_written_once()
    {
        var killed = 0;
        for (var n = 0; ; n++)
        {
            var before = await Change();
            await Journey.Sandbox.Control.SetGate(null, "", n);
            var runId = await Journey.StartRun(exported.ExporterId);
            var isHeld = await HeldOrEnded(runId);
            if (isHeld) await KillAndRestart();
            else await Journey.Sandbox.Control.ReleaseGate();
            await EndsOnceAndWroteOnce(runId, before);
            if (!isHeld) break;
            output.WriteLine($"Killed at call {n + 1}.");
            killed++;
        }

        killed.Should().BeGreaterThan(6, "a run with a change renews two sign-ins, reads, plans, writes and verifies");
    }

    [Fact]
    public async Task Killed_when_the_write_is_applied_and_its_answer_withheld_a_run_does_not_write_again()
    {
        var before = await Change();
        await Journey.Sandbox.Control.SetGate("google", "POST /v4/spreadsheets/[^/]+:batchUpdate", stage: "after");
        var runId = await Journey.StartRun(exported.ExporterId);
        (await HeldOrEnded(runId)).Should().BeTrue();
        await KillAndRestart();

        await EndsOnceAndWroteOnce(runId, before);
    }

    [Fact]
    public async Task When_the_connection_breaks_after_the_write_a_run_does_not_write_again()
    {
        var before = await Change();
        await Journey.Sandbox.Control.AddFault(new
        {
            vendor = "google", pathPattern = "POST /v4/spreadsheets/[^/]+:batchUpdate", kind = "drop-after",
        });
        var runId = await Journey.StartRun(exported.ExporterId);

        await EndsOnceAndWroteOnce(runId, before);
        await Journey.Sandbox.Control.ClearFaults();
    }

    [Fact]
    public async Task Killed_after_its_write_a_run_waits_for_Google_to_tell_what_became_of_it()
    {
        var before = await Change();
        await Journey.Sandbox.Control.SetGate("google", "POST /v4/spreadsheets/[^/]+:batchUpdate", stage: "after");
        var runId = await Journey.StartRun(exported.ExporterId);
        (await HeldOrEnded(runId)).Should().BeTrue();
        await KillAndRestart(meanwhile: () => Journey.Sandbox.Control.AddFault(new
        {
            vendor = "google", pathPattern = "GET /v4/spreadsheets", kind = "status", status = 503, times = 5,
        }));

        await EndsOnceAndWroteOnce(runId, before);
        (await RunLog.Of(Journey.Portal, runId)).Should().Contain("run-waited.v1", "it said so, and not that nothing was written");
        await Journey.Sandbox.Control.ClearFaults();
    }

    [Fact]
    public async Task A_write_that_is_proven_is_not_made_a_failure_by_what_Drive_says_afterwards()
    {
        var before = await Change();
        await Journey.Sandbox.Control.AddFault(new
        {
            vendor = "google", pathPattern = "GET /drive/v3/files/", kind = "status", status = 404, times = 9,
        });
        var runId = await Journey.StartRun(exported.ExporterId);

        await EndsOnceAndWroteOnce(runId, before);
        await Journey.Sandbox.Control.ClearFaults();
    }

    private async Task KillAndRestart(Func<Task>? meanwhile = null)
    {
        await Journey.Portal.Kill();
        if (meanwhile is not null) await meanwhile();
        await Journey.Sandbox.Control.ReleaseGate();
        await Journey.Portal.Restart();
    }

    /// <summary>One more invoice, and both sign-ins to be renewed: the next run makes every kind of call.</summary>
    /// <returns>What everybody sees of the sheet now.</returns>
    private async Task<string> Change()
    {
        var control = Journey.Sandbox.Control;
        await control.Post($"_/xero/organizations/{exported.TenantId}/invoices", new { count = 1 });
        await control.Post("_/xero/tokens/expire", new { });
        await control.Post("_/google/tokens/expire", new { });
        await control.EmptyJournal();
        return exported.Sheet;
    }

    private async Task<bool> HeldOrEnded(Guid runId)
    {
        while (true)
        {
            if ((await Journey.Sandbox.Control.Get<JsonNode>("_/gate"))["held"]!.GetValue<bool>()) return true;
            if ((await Journey.Look(runId))["ended"]!.GetValue<bool>()) return false;
            await Task.Delay(20);
        }
    }

    private async Task EndsOnceAndWroteOnce(Guid runId, string before)
    {
        var run = await Journey.Ended(runId);

        run["status"]!.GetValue<string>().Should().BeOneOf("Completed", "Warnings", run.ToJsonString());
        await RunLog.EndedOnce(Journey.Portal, runId);
        var journal = await Journey.Sandbox.Control.Journal();
        journal.Should().ContainSingle(call => call.Vendor == "google" && call.Write, string.Join('\n', journal));
        var seen = States(journal);
        seen.Should().HaveCount(1, "the write was one step").And.NotContain(before);
        exported.Sheet = seen[0];
    }

    /// <summary>What people could see of the spreadsheet, each state once, in order.</summary>
    private static List<string> States(IReadOnlyList<JournalLine> journal) =>
        [.. journal.Where(call => call.Tabs is not null)
            .Select(call => string.Join(',', call.Tabs!.Select(tab => $"{tab.Title}={tab.Hash}"))).Distinct()];

    /// <summary>A small organization and an exporter that has run once.</summary>
    public sealed class Exported : IAsyncLifetime
    {
        public Journey Journey { get; private set; } = null!;

        public string TenantId { get; private set; } = "";

        public Guid ExporterId { get; private set; }

        /// <summary>What everybody sees of the spreadsheet.</summary>
        public string Sheet { get; set; } = "";

        public async Task InitializeAsync()
        {
            Journey = await Journey.Begin(["--Organizations=1", "--Invoices=40"]);
            TenantId = (await Journey.Organizations())[0].TenantId;
            ExporterId = await Journey.ToExporter(TenantId);
            await Journey.Run(ExporterId);
            Sheet = States(await Journey.Sandbox.Control.Journal())[^1];
        }

        public async Task DisposeAsync() => await Journey.DisposeAsync();
    }
}
