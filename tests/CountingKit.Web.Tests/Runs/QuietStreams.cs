using System.Net;
using CountingKit.Exporters;
using CountingKit.Runs;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Runs;

/// <summary>A live stream asks several times a second, for as long as somebody looks at a run.</summary>
public sealed class QuietStreams : IAsyncLifetime
{
    private static readonly TimeSpan ManyLooks = TimeSpan.FromSeconds(3);

    private readonly ListenedTo portal = new() { IsIdle = true };

    public Task InitializeAsync() => portal.InitializeAsync();

    public Task DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task What_it_asks_stands_nowhere_in_the_log_and_what_a_person_asks_does()
    {
        var owner = await portal.Owner();
        var run = await KeepARunGoing();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/runs/live");
        using var stream = await owner.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        stream.StatusCode.Should().Be(HttpStatusCode.OK);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        string? line;
        do line = await lines.ReadLineAsync();
        while (line is not null && line != $"data: {run}");
        line.Should().NotBeNull("the run is there to be asked for");

        await Task.Delay(ManyLooks);
        await owner.Get("/exporters");

        portal.Lines.Should().Contain(line => line.Contains(nameof(ListExporters), StringComparison.Ordinal))
            .And.NotContain(line => line.Contains(nameof(WatchRuns), StringComparison.Ordinal));
    }

    /// <returns>The id of a run that stays in the queue.</returns>
    private async Task<Guid> KeepARunGoing()
    {
        var (exporter, connection, run) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (configuration, story) = (Story.Invoices(connection), await Story.Of(portal));
        await story.Click(
            SpreadsheetTabs.StreamOf("sheet"), [connection], new TabClaimed("sheet", "Invoices", exporter, configuration));
        await story.Click(
            RunQueue.StreamOf(exporter), [connection],
            new RunQueued(exporter, run, 1, configuration, "sheet", Guid.CreateVersion7(), RunTrigger.Person));
        return run;
    }
}
