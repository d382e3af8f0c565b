using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.Storage;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>A firm that began with the embedded log goes on with EventStoreDB, where it was.</summary>
public sealed class MovedInstallation
{
    private const string Setting = "EventStore__ConnectionString";

    [Fact]
    public async Task It_keeps_its_history_renews_its_sign_ins_exports_and_does_not_start_on_the_wrong_log()
    {
        await using var journey = await Journey.AfterFirstRun(StorageKind.Sqlite);
        var exporter = journey.ExporterId;
        var trail = await Trail(journey);
        var old = journey.Portal.EventStore;
        await using var node = await EventStoreDbNode.Start();
        await journey.Portal.Kill();

        var tooEarly = await journey.Portal.Execute((Setting, node.ConnectionString));
        var moved = await journey.Portal.Execute((Setting, node.ConnectionString), "move-log", "--from", old);
        var tooLate = await journey.Portal.Execute((Setting, old));

        tooEarly.Should().Match<(int Code, string Said)>(told => told.Code == 1 && told.Said.Contains("move-log --from"));
        moved.Code.Should().Be(0, moved.Said);
        moved.Said.Should().Contain("Moved.");
        tooLate.Should().Match<(int Code, string Said)>(told => told.Code == 1 && told.Said.Contains("was moved"));

        await journey.Portal.Restart((Setting, node.ConnectionString));
        await journey.SignIn();
        (await Trail(journey)).Should().EndWith(trail);
        await journey.Sandbox.Control.Post("_/xero/tokens/expire", new { });
        await journey.Sandbox.Control.EmptyJournal();
        (await journey.Run(exporter))["status"]!.GetValue<string>().Should().Be("NoChanges");
        (await journey.Sandbox.Control.Journal()).Should().NotContain(call => call.Vendor == "google" && call.Write);
    }

    /// <summary>The lines of the audit's file, newest first, without its heading.</summary>
    private static async Task<string> Trail(Journey journey)
    {
        var text = (await journey.Browser.Get("/audit/csv")).Text;
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }
}
