using System.Net;
using System.Text.Json.Nodes;
using CountingKit.Testing.Portal;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>The log's file is put back from an older backup, and the rest of the installation is not.</summary>
public sealed class OlderLog
{
    private const string Address = "/settings/set-aside";

    [Fact]
    public async Task It_is_told_over_starts_until_an_owner_dismisses_it()
    {
        await using var journey = await Journey.Begin(
            await SandboxProcess.Start("--Organizations=1", "--Invoices=10"), StorageKind.Sqlite);
        var portal = journey.Portal;
        await journey.SignIn();
        (await Told(portal)).Should().NotContain("CK-STORE-11").And.NotContain("older");
        await portal.Kill();
        Copy("events.db", "backup.db");
        await portal.Restart();
        var lost = await journey.ToExporter();
        await journey.Run(lost);
        await portal.Kill();
        Copy("backup.db", "events.db");

        await portal.Restart();
        await portal.Kill();
        await portal.Restart();

        (await Told(portal)).Should().Contain("The log ends before events that were already there").And.Contain(Address);
        await journey.SignIn();
        await FilledAnew(journey, lost);
        (await journey.Browser.Get("/")).ById("concerns").TextContent.Should().Contain("CK-STORE-11");
        var page = await journey.Browser.Get(Address);
        page.ById("older-log").TextContent.Should().Contain("The log ended at").And.Contain("CK-STORE-11");

        (await journey.Browser.Submit(page.Form("#older-log form"))).Location.Should().Be(Address);
        (await journey.Browser.Get(Address)).Document.QuerySelector("#older-log").Should().BeNull();
        (await Told(portal)).Should().NotContain("The log ends before");
        (await journey.Browser.Get("/audit")).Text.Should().Contain("Took note that the log is an older one");

        void Copy(string from, string to)
        {
            foreach (var part in new[] { "", "-wal", "-shm" })
            {
                var (source, target) = (Path.Combine(portal.DataFolder, from + part), Path.Combine(portal.DataFolder, to + part));
                File.Delete(target);
                if (File.Exists(source)) File.Copy(source, target);
            }
        }
    }

    /// <summary>Waits until pages show what the log holds.</summary>
    /// <param name="lost">An exporter of which the log knows nothing any more.</param>
    private static async Task FilledAnew(Journey journey, Guid lost)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await journey.Browser.Get("/exporters") is var page
            && (page.Status != HttpStatusCode.OK || page.Text.Contains($"{lost}", StringComparison.Ordinal)))
            await Task.Delay(50, patience.Token);
    }

    /// <summary>What the health page says of the log.</summary>
    private static async Task<string> Told(PortalProcess portal)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        return JsonNode.Parse(await http.GetStringAsync("health/ready"))!["checks"]!["eventStore"]!.GetValue<string>();
    }
}
