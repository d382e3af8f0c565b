using System.Net;
using System.Text.Json.Nodes;
using CountingKit.EventSourcing;
using CountingKit.Runs;
using CountingKit.Web.Tests.Connections;
using CountingKit.Web.Tests.Portal;
using CountingKit.Web.Tests.Spreadsheets;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Runs;

/// <summary>What a person does on the page of a run: write anyway after a look, and replay.</summary>
public sealed class RunsAndReplays : IAsyncLifetime
{
    private const int Rows = 25;

    private readonly XeroPortal vendors = new();
    private Browser owner = null!;
    private string exporter = "";

    private PortalFactory Portal => vendors.Portal;

    public async Task InitializeAsync()
    {
        await vendors.InitializeAsync();
        owner = await Portal.Owner();
        var connection = (await vendors.Connected(owner, vendors.Organizations[0].Id)).Split('/')[^1];
        await vendors.CreateSpreadsheet(owner, "Books");
        await Invoices("SUBMITTED");
        var form = (await owner.Get($"/exporters/new?connection={connection}")).Form("#exporter-form");
        var made = await owner.Submit(
            form, ("Name", "To be approved"), ("TabTitle", "Invoices"), ("Statuses", "SUBMITTED"), ("From", "2030-01-01"));
        exporter = made.Location!;
    }

    public Task DisposeAsync() => vendors.DisposeAsync();

    [Fact]
    public async Task After_a_look_Write_anyway_empties_the_tab_once()
    {
        await Run();
        await Invoices("VOIDED");
        var stopped = await Run();
        var form = stopped.Form("form:has([name=writeAnyway])");

        var page = await Ended((await owner.Submit(form)).Location!);
        var twice = (await owner.Submit(form)).Location;

        stopped.Text.Should().Contain("CK-RUN-07");
        page.Text.Should().Contain("0 rows stand in the tab").And.NotContain("CK-RUN-07");
        twice.Should().Be(page.Address().AbsolutePath, "it is done once");
        (await Completed()).Select(e => e.Snapshot.Rows).Should().Equal(Rows, 0);
    }

    [Fact]
    public async Task A_replay_goes_beside_the_data_unless_its_replacement_is_ticked_and_then_the_pages_call_it_old()
    {
        var first = await Run();
        await Invoices("VOIDED", count: 5);
        await Run();
        var replay = (await owner.Get($"{first.Address().AbsolutePath}/replay"));

        var untold = await owner.Submit(replay.Form("#replay-form"), ("Tab", ""));
        var own = await owner.Submit(untold.Form("#replay-form"), ("Tab", "INVOICES"));
        var beside = await Ended((await owner.Submit(own.Form("#replay-form"), ("Tab", "As it was"))).Location!);
        var fresh = await owner.Get(exporter);
        var over = await Ended((await owner.Submit(
            (await owner.Get($"{first.Address().AbsolutePath}/replay")).Form("#replay-form"), ("Overwrite", "true"))).Location!);
        var old = await owner.Get(exporter);
        await Run();
        var renewed = await owner.Get(exporter);

        replay.ById("tab").GetAttribute("value").Should().StartWith("Invoices 20");
        replay.ById("overwrite-hint").TextContent.Should().Contain("It holds 20 rows").And.Contain("5 added");
        foreach (var refused in (Page[])[untold, own])
            (refused.Status, refused.Text.Contains("CK-RUN-20")).Should().Be((HttpStatusCode.UnprocessableEntity, true));
        beside.Text.Should().Contain("As it was");
        fresh.Document.GetElementById("replayed").Should().BeNull("the exporter's own tab is as fresh as it was");
        over.Text.Should().Contain("an earlier moment, on purpose");
        old.ById("replayed").TextContent.Should().Contain("by ").And.Contain("old on purpose");
        (await owner.Get("/exporters")).Text.Should().NotContain("old data on purpose");
        renewed.Document.GetElementById("replayed").Should().BeNull();
        await TimesAreOfTheData(first);
    }

    private async Task TimesAreOfTheData(Page first)
    {
        var log = (await Portal.Log()).Select(e => e.Event).ToList();
        var id = Guid.Parse(first.Address().AbsolutePath.Split('/')[^1]);
        var then = log.OfType<RunStarted>().Single(e => e.RunId == id).QueuedAt;
        var replayed = log.OfType<RunReleased>().Select(e => e.Last).OfType<LastWrite>().Single(last => last.ReplayedAt is not null);
        replayed.At.Should().Be(then);
        replayed.ReplayedAt.Should().BeAfter(then);
    }

    private async Task<List<ExportCompleted>> Completed() => [.. (await Portal.Log()).Select(e => e.Event).OfType<ExportCompleted>()];

    private Task Invoices(string status, int count = Rows) => vendors.Sandbox.Control.Post(
        $"_/xero/organizations/{vendors.Organizations[0].Id}/invoices",
        new
        {
            invoices = Enumerable.Range(1, count).Select(number => JsonNode.Parse($$"""
                {"InvoiceID":"11111111-2222-3333-4444-{{number:000000000000}}","Type":"ACCREC","Status":"{{status}}",
                 "InvoiceNumber":"T-{{number}}","Total":10.00,"Date":"/Date(1935705600000+0000)/","Contact":{"Name":"Ann"} }
                """)),
        });

    private async Task<Page> Run() =>
        await Ended((await owner.Submit((await owner.Get(exporter)).Form("#run-form"))).Location!);

    /// <summary>The exporter's page tells what the run left.</summary>
    private async Task Released(Guid runId)
    {
        while (true)
        {
            if ((await Portal.Log()).FirstOrDefault(e => e.Event is RunReleased released && released.RunId == runId) is { } found)
            {
                await Portal.Services.GetRequiredService<ReadModels>().CaughtUpTo(found.Position, default);
                return;
            }

            await Task.Delay(20);
        }
    }

    private async Task<Page> Ended(string run)
    {
        while (true)
        {
            var page = await owner.Get(run);
            if (page.Document.QuerySelector("form[action$='/cancel']") is null)
            {
                await Released(Guid.Parse(run.Split('/')[^1]));
                return page;
            }

            await Task.Delay(50);
        }
    }
}
