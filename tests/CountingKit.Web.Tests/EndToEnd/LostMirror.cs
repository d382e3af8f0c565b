using System.Text.Json.Nodes;
using CountingKit.Testing.Portal;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>The disk of the mirror is not mounted when the portal starts; later it is lost for good.</summary>
public sealed class LostMirror
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Runs_wait_until_it_is_back_and_read_anew_once_somebody_has_said_that_it_is_lost()
    {
        await using var journey = await Journey.AfterFirstRun();
        var portal = journey.Portal;
        var exporter = journey.ExporterId;
        await portal.Kill();
        var (mirror, elsewhere) = (Path.Combine(portal.DataFolder, "mirror"), Path.Combine(portal.DataFolder, "elsewhere"));
        Directory.Move(mirror, elsewhere);
        Directory.CreateDirectory(mirror); // What is left of it where the disk was mounted.

        await portal.Restart();
        await IsDegraded(journey);
        var waiting = await journey.StartRun(exporter);
        await Says(portal, "waits: CK-STORE-18");

        await IsSaidToWait(journey, waiting);
        Directory.EnumerateFileSystemEntries(mirror).Should().BeEmpty();
        await journey.Sandbox.Control.SetGate("xero", "GET /api.xro/2.0/Invoices");
        Directory.Delete(mirror);
        Directory.Move(elsewhere, mirror);
        await journey.Sandbox.Control.GateHolds();
        await Is(journey, waiting, "Running");
        await journey.Sandbox.Control.ReleaseGate();
        (await journey.Ended(waiting))["status"]!.GetValue<string>().Should().NotBe("Failed");

        await portal.Kill();
        Directory.Delete(mirror, recursive: true);
        var (code, said) = await portal.Execute(("Worker__Concurrency", "2"), "new-mirror");
        code.Should().Be(0);
        said.Should().Contain("is the mirror now");
        await portal.Restart();
        (await journey.Run(exporter))["status"]!.GetValue<string>().Should().NotBe("Failed");
    }

    /// <summary>It serves what needs no mirror.</summary>
    private static async Task IsDegraded(Journey journey)
    {
        var health = JsonNode.Parse(await journey.Api.GetStringAsync("health/ready"))!;
        health["status"]!.GetValue<string>().Should().Be("Degraded", "its mirror is away");
        health["checks"]!["mirror"]!.GetValue<string>().Should().Contain("Mirror__Path").And.Contain("CK-STORE-18");
    }

    /// <summary>Pages follow the log a little later.</summary>
    private static async Task IsSaidToWait(Journey journey, Guid run)
    {
        var look = await Is(journey, run, "Waiting");
        (look["code"]!.GetValue<string>(), look["ended"]!.GetValue<bool>()).Should().Be(("CK-STORE-18", false));
        look["waitsUntil"].Should().BeNull("nobody knows when the disk is back");
        (await journey.Browser.Get($"/runs/{run}")).ById("run").TextContent
            .Should().Contain("CK-STORE-18").And.Contain("The run resumes by itself once that is over.");
        var dashboard = await journey.Browser.Get("/");
        dashboard.ById("active-runs").TextContent.Should().Contain("The folder of the portal's data cannot be used");
        dashboard.ById("concerns").TextContent.Should().Contain("Runs wait for it.").And.Contain("CK-STORE-18");
        (await journey.Browser.Get("/runs")).ById("run-list").TextContent.Should().Contain("CK-STORE-18");
    }

    private static async Task<JsonNode> Is(Journey journey, Guid run, string status)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var look = await journey.Look(run);
            if (look["status"]!.GetValue<string>() == status) return look;
            await Task.Delay(150, patience.Token);
        }
    }

    /// <summary>Waits for such a line.</summary>
    private static async Task Says(PortalProcess portal, string line)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!portal.Output.Contains(line, StringComparison.Ordinal)) await Task.Delay(150, patience.Token);
    }
}
