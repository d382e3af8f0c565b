using CountingKit.Testing;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using Xunit.Abstractions;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// Two portals on one PostgreSQL database, log, mirror and keys, one of them killed every now and then: each run ends once
/// and has written once, and nobody sees anything in a tab but the old and the new.
/// </summary>
public sealed class TwoPortals(ITestOutputHelper output)
{
    private static readonly string[] Tabs = ["North", "East", "South", "West"];

    [Fact]
    public async Task Runs_by_either_portal_end_once_and_write_once_while_one_is_killed()
    {
        var runs = Scale.Of(8, 100);
        var kills = Scale.Of(2, 5);
        await using var journey = await Journey.Begin(
            await SandboxProcess.Start("--Organizations=1", "--Invoices=40", "--Limits=off"), StorageKind.Servers);
        var exporters = await Exporters(journey);
        await using var portals = await PortalPair.Of(journey.Portal);
        using var enough = new CancellationTokenSource();
        var killing = portals.KillEach(TimeSpan.FromSeconds(Scale.Of(3, 20)), enough.Token);
        var ended = new List<Guid>();
        try
        {
            while (ended.Count < runs || portals.Kills < kills)
            {
                if (killing.IsFaulted) await killing;
                ended.AddRange(await Round(journey, portals, exporters, ended.Count / Tabs.Length));
            }
        }
        finally
        {
            await enough.CancelAsync();
            await killing;
        }

        ended.Should().OnlyHaveUniqueItems();
        foreach (var run in ended) await RunLog.EndedOnce(journey.Portal, run);
        output.WriteLine($"{ended.Count} runs, as many writes, {portals.Kills} kills.");
    }

    /// <summary>One exporter per tab, each of which has run once.</summary>
    private static async Task<IReadOnlyList<Guid>> Exporters(Journey journey)
    {
        await journey.SignIn();
        await journey.ConnectGoogle();
        await journey.CreateSpreadsheet("Books");
        await journey.ConnectXero((await journey.Organizations())[0].TenantId);
        var exporters = new List<Guid>();
        foreach (var tab in Tabs) exporters.Add(await journey.CreateExporter(tab, Journey.EveryStatus));
        foreach (var exporter in exporters) await journey.Run(exporter);
        return exporters;
    }

    /// <summary>One more invoice in the books, and a run of each exporter at once, so that each has something to write.</summary>
    private static async Task<IReadOnlyList<Guid>> Round(
        Journey journey, PortalPair portals, IReadOnlyList<Guid> exporters, int round)
    {
        var control = journey.Sandbox.Control;
        var before = Hashes(await control.Journal());
        var tenantId = (await journey.Organizations())[0].TenantId;
        await control.Post($"_/xero/organizations/{tenantId}/invoices", new { count = 1 });
        var seq = (await control.Journal())[^1].Seq;
        var runs = await Task.WhenAll(exporters.Select((exporter, n) => portals.StartRun((n + round) % 2, exporter)));
        foreach (var (run, n) in runs.Select((run, n) => (run, n)))
        {
            var shown = await portals.Ended((n + round + 1) % 2, run);
            shown["status"]!.GetValue<string>().Should().BeOneOf(["Completed", "Warnings"], shown.ToJsonString());
        }

        var journal = await control.Journal(seq);
        journal.Where(call => call.Vendor == "google" && call.Write)
            .Should().HaveCount(runs.Length, "each run had a change to write:\n{0}", string.Join('\n', journal));
        var seen = Hashes(journal);
        foreach (var tab in Tabs)
        {
            seen[tab].Where(hash => hash != before[tab][^1]).Should().ContainSingle("a tab goes from the old to the new");
        }

        return runs;
    }

    /// <summary>What people could see of each tab: its states in order, one after the other never the same.</summary>
    private static Dictionary<string, List<string>> Hashes(IReadOnlyList<JournalLine> journal)
    {
        var states = Tabs.ToDictionary(tab => tab, _ => new List<string>());
        foreach (var tab in journal.SelectMany(call => call.Tabs ?? []).Where(tab => states.ContainsKey(tab.Title)))
        {
            if (states[tab.Title].LastOrDefault() != tab.Hash) states[tab.Title].Add(tab.Hash);
        }

        return states;
    }
}
