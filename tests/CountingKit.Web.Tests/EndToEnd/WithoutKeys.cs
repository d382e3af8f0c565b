namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>A copy of the data without the keys' folder opens nothing.</summary>
public sealed class WithoutKeys
{
    [Fact]
    public async Task Data_without_keys_yields_no_sign_in_and_the_portal_says_what_is_missing()
    {
        await using var journey = await Journey.AfterFirstRun();
        var exporter = journey.ExporterId;
        await journey.Portal.Kill();
        Directory.Delete(journey.Portal.KeysFolder, recursive: true);

        var refused = () => journey.Portal.Restart();
        await refused.Should().ThrowAsync<InvalidOperationException>();
        journey.Portal.Output.Should().MatchRegex("(?m)^Keys__Path names a folder without keys");
        var (code, _) = await journey.Portal.Execute(("Worker__Concurrency", "2"), "new-keys");
        code.Should().Be(0);
        await journey.Portal.Restart();
        await journey.Sandbox.Control.EmptyJournal();

        var run = await journey.Run(exporter);

        run["status"]!.GetValue<string>().Should().Be("Failed");
        run["message"]!.GetValue<string>().Should().ContainEquivalentOf("key");
        (await journey.Sandbox.Control.Journal()).Should().BeEmpty("no sign-in can be used");
        (await journey.Browser.Get("/")).Location.Should().StartWith("/sign-in", "sessions were made with those keys");
    }
}
