using System.Net;
using System.Text.RegularExpressions;
using CountingKit.Messaging;
using CountingKit.Vault;
using CountingKit.Web.Tests.Connections;
using CountingKit.Web.Tests.Portal;
using CountingKit.Web.Tests.Spreadsheets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Runs;

/// <summary>What pages tell of a run while it reads three pages of Xero's, of which the first has come.</summary>
public sealed class WatchedRuns : IAsyncLifetime
{
    private const string Invoices = "GET /api.xro/2.0/Invoices";
    private const string Records = "1,000 of 2,503 records";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly XeroPortal vendors = new();
    private Browser owner = null!;
    private string connection = "";
    private string exporter = "";

    private PortalFactory Portal => vendors.Portal;

    public async Task InitializeAsync()
    {
        await vendors.InitializeAsync();
        owner = await Portal.Owner();
        var tenant = vendors.Organizations[0].Id;
        connection = (await vendors.Connected(owner, tenant)).Split('/')[^1];
        await vendors.CreateSpreadsheet(owner, "Books");
        await vendors.Sandbox.Control.Post($"_/xero/organizations/{tenant}/invoices", new { count = 2500 });
        var form = (await owner.Get($"/exporters/new?connection={connection}")).Form("#exporter-form");
        exporter = (await owner.Submit(form, ("Name", "All of them"), ("TabTitle", "Invoices"))).Location!;
    }

    public Task DisposeAsync() => vendors.DisposeAsync();

    [Fact]
    public async Task Its_page_tells_the_step_and_how_far_it_is_and_lists_in_a_line_until_it_has_ended()
    {
        await vendors.Sandbox.Control.SetGate("xero", Invoices, after: 1);
        var path = await Run();

        var page = await Reading(path);
        var part = await owner.GetFragment($"{path}/progress");
        var lists = new List<string>();
        foreach (var list in (string[])["/", "/exporters", "/runs", exporter])
            lists.Add((await owner.Get(list)).Document.QuerySelector("main")!.TextContent);
        var whole = await owner.Get($"{path}/progress");
        await vendors.Sandbox.Control.ReleaseGate();
        var ended = await Until(path, shown => shown.Document.QuerySelector("#run[data-live]:not([data-live=''])") is null);

        var bar = page.Document.QuerySelector("#run-progress progress")!;
        (bar.GetAttribute("value"), bar.GetAttribute("max"), bar.GetAttribute("aria-valuetext")).Should().Be(("39", "100", Records));
        bar.GetAttribute("aria-label").Should().Be("Reading from Xero");
        // The calls after the first go out meanwhile, and are held.
        foreach (var line in (string[])[page.ById("run-progress-line").TextContent, part.ById("run-progress-line").TextContent])
            line.Should().MatchRegex(@"^1,000 of 2,503 records · page 1 of 3 · [1-4] calls? to Xero$");
        page.Document.QuerySelector("#run-progress [aria-current=step]")!.TextContent.Should().Be("Read Xero");
        page.Document.QuerySelector("[aria-live] #run-progress").Should().BeNull("it moves all the time");
        part.IsFragment.Should().BeTrue();
        whole.Location.Should().Be(path, "a browser has no use for a part");
        lists[0].Should().Contain($"Reading from Xero: {Records}");
        lists.Skip(1).Should().OnlyContain(list => list.Contains("39% read"));
        ended.Document.GetElementById("run-progress").Should().BeNull();
        (await owner.GetFragment($"{path}/progress")).ById("run-progress").HasAttribute("hidden").Should().BeTrue();
        await using var vault = await Portal.Services.GetRequiredService<IDbContextFactory<VaultDb>>().CreateDbContextAsync();
        for (var left = 1_200; await vault.Work.AnyAsync(w => w.Kind == "run"); left--)
        {
            left.Should().BePositive("the run's work should be over within a minute");
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task Who_may_not_see_its_organization_is_told_nothing_of_it()
    {
        var other = (await vendors.Connected(owner, vendors.Organizations[1].Id)).Split('/')[^1];
        var stranger = await Portal.Member(Role.Admin, [Guid.Parse(other)]);
        var member = await Portal.Member(Role.Viewer, [Guid.Parse(connection)]);
        await vendors.Sandbox.Control.SetGate("xero", Invoices, after: 1);
        var path = await Run();
        await Reading(path);

        var seen = await member.GetFragment($"{path}/progress");
        Page[] hidden = [await stranger.Get(path), await stranger.Get($"{path}/progress"), await stranger.GetFragment($"{path}/progress")];

        seen.Text.Should().Contain(Records);
        hidden.Should().OnlyContain(page => page.Status == HttpStatusCode.NotFound);
        foreach (var list in (string[])["/", "/exporters", "/runs"])
            (await stranger.Get(list)).Text.Should().NotContain("1,000 of").And.NotContain("% read");
        await vendors.Sandbox.Control.ReleaseGate();
    }

    [Fact]
    public async Task The_live_stream_tells_apart_that_it_only_got_on_and_what_stands_nowhere_is_no_event()
    {
        var control = vendors.Sandbox.Control;
        await control.SetGate("xero", Invoices);
        await control.AddFault(new { vendor = "xero", pathPattern = Invoices, kind = "delay", delayMs = 5000, after = 1, times = 20 });
        var path = await Run();
        await control.GateHolds();
        var id = path.Split('/')[^1];
        using var stop = new CancellationTokenSource(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/runs/live");
        using var stream = await owner.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(stop.Token));
        await Next(lines, "changed", id, stop.Token);
        var before = (await Portal.Log()).Count;

        await control.ReleaseGate();
        await Next(lines, "progress", id, stop.Token);

        (await Portal.Log()).Count.Should().Be(before);
        (await owner.GetFragment($"{path}/progress")).Text.Should().Contain(Records);
    }

    private async Task<string> Run() => (await owner.Submit((await owner.Get(exporter)).Form("#run-form"))).Location!;

    private Task<Page> Reading(string path) => Until(path, page => page.Document.QuerySelector("#run-progress progress") is not null);

    private async Task<Page> Until(string path, Func<Page, bool> condition)
    {
        using var stop = new CancellationTokenSource(Patience);
        while (true)
        {
            var page = await owner.Get(path);
            if (condition(page)) return page;
            await Task.Delay(100, stop.Token);
        }
    }

    /// <summary>Reads on until this event is told of this run.</summary>
    private static async Task Next(StreamReader lines, string what, string id, CancellationToken ct)
    {
        var told = "";
        while (await lines.ReadLineAsync(ct) is { } line)
        {
            if (Regex.Match(line, "^event: (.*)$") is { Success: true } match) told = match.Groups[1].Value;
            else if (line == $"data: {id}" && told == what) return;
        }

        throw new InvalidOperationException($"The stream ended without {what}.");
    }
}
