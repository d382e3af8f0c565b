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
        await using var journey = await Journey.Begin(["--Organizations=1", "--Invoices=10"]);
        var portal = journey.Portal;
        var exporter = await journey.ToExporter();
        await journey.Run(exporter);
        await portal.Kill();
        var (mirror, elsewhere) = (Path.Combine(portal.DataFolder, "mirror"), Path.Combine(portal.DataFolder, "elsewhere"));
        Directory.Move(mirror, elsewhere);
        Directory.CreateDirectory(mirror); // What is left of it where the disk was mounted.

        var start = portal.Restart();
        await Listens(journey);
        var waiting = await journey.StartRun(exporter);
        await Says(portal, "waits: CK-STORE-18");

        (await journey.Look(waiting))["ended"]!.GetValue<bool>().Should().BeFalse();
        Directory.EnumerateFileSystemEntries(mirror).Should().BeEmpty();
        start.IsCompleted.Should().BeFalse("it is not ready without its mirror");
        Directory.Delete(mirror);
        Directory.Move(elsewhere, mirror);
        await start;
        (await journey.Ended(waiting))["status"]!.GetValue<string>().Should().NotBe("Failed");

        await portal.Kill();
        Directory.Delete(mirror, recursive: true);
        var (code, said) = await portal.Execute(("Worker__Concurrency", "2"), "new-mirror");
        code.Should().Be(0);
        said.Should().Contain("is the mirror now");
        await portal.Restart();
        (await journey.Run(exporter))["status"]!.GetValue<string>().Should().NotBe("Failed");
    }

    /// <summary>Waits until nothing but the mirror is missing.</summary>
    private static async Task Listens(Journey journey)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var answer = await journey.Api.GetAsync("health/ready", patience.Token);
                answer.IsSuccessStatusCode.Should().BeFalse("its mirror is away");
                var checks = JsonNode.Parse(await answer.Content.ReadAsStringAsync(patience.Token))!["checks"]!;
                var mirror = checks["mirror"]!.GetValue<string>();
                mirror.Should().Contain("Mirror__Path").And.Contain("CK-STORE-18");
                if (IsHealthy("readModels") && IsHealthy("owner") && IsHealthy("eventStore")) return;

                bool IsHealthy(string check) => checks[check]!.GetValue<string>() == "Healthy";
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

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
