using System.Net;
using CountingKit.Testing;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>The same wish twice at the same moment makes one of everything.</summary>
public sealed class TwoAtOnce(TwoAtOnce.Ready ready) : IClassFixture<TwoAtOnce.Ready>
{
    private const string InvoiceCalls = "GET /api.xro/2.0/Invoices";

    private Journey Journey => ready.Journey;

    [Fact]
    public async Task Two_wishes_to_run_at_once_are_one_run()
    {
        var pairs = Scale.Of(10, 50);
        var before = (await Journey.Runs(ready.ExporterId)).Count;
        var runs = new HashSet<Guid>();
        for (var pair = 0; pair < pairs; pair++)
        {
            await Journey.Sandbox.Control.SetGate("xero", InvoiceCalls);
            var form = await RunForm();
            var byApi = Journey.StartRun(ready.ExporterId);
            var byForm = Journey.Browser.Submit(form);
            runs.Add(await byApi);

            (await byForm).Location.Should().Be($"/runs/{await byApi}");
            await Journey.Sandbox.Control.GateHolds();
            await Journey.Sandbox.Control.ReleaseGate();
            await Journey.Ended(await byApi);
        }

        runs.Should().HaveCount(pairs);
        (await Journey.Runs(ready.ExporterId)).Count.Should().Be(Math.Min(50, before + pairs));
        foreach (var run in runs) await RunLog.EndedOnce(Journey.Portal, run);
    }

    [Fact]
    public async Task Two_wishes_to_run_with_a_restart_between_are_one_run()
    {
        var pairs = Scale.Of(1, 50);
        for (var pair = 0; pair < pairs; pair++)
        {
            await Journey.Sandbox.Control.SetGate("xero", InvoiceCalls);
            var key = Guid.CreateVersion7();
            var first = await Journey.StartRun(ready.ExporterId, key);
            await Journey.Sandbox.Control.GateHolds();
            await Journey.Portal.Kill();
            // A gate holds one call: the next one is held too, or a slow start would find the run ended.
            await Journey.Sandbox.Control.SetGate("xero", InvoiceCalls);
            await Journey.Portal.Restart();
            await Journey.SignIn();

            var again = Journey.StartRun(ready.ExporterId, key);
            var byForm = Journey.Browser.Submit(await RunForm());

            (await again).Should().Be(first);
            (await byForm).Location.Should().Be($"/runs/{first}");
            await Journey.Sandbox.Control.ReleaseGate();
            await Journey.Ended(first);
            await RunLog.EndedOnce(Journey.Portal, first);
        }
    }

    [Fact]
    public async Task The_run_form_sent_twice_is_one_run()
    {
        var before = (await Journey.Runs(ready.ExporterId)).Count;

        var (first, second) = await Twice(await RunForm());

        second.Location.Should().Be(first.Location);
        (await Journey.Runs(ready.ExporterId)).Count.Should().Be(Math.Min(50, before + 1));
        await Journey.Ended(Guid.Parse(first.Location!["/runs/".Length..]));
    }

    [Fact]
    public async Task The_form_of_a_new_spreadsheet_sent_twice_makes_one()
    {
        var add = await Journey.AccountPage();

        var (first, second) = await Twice(add.Form("form[action$='/create']"), ("Title", "Twice"));

        first.Location.Should().Be("/spreadsheets");
        second.Location.Should().Be(first.Location);
        (await Journey.Spreadsheets()).Should().ContainSingle(s => s["title"]!.GetValue<string>() == "Twice");
        var list = await Journey.Browser.Get("/spreadsheets");
        list.Document.QuerySelectorAll("form[action$='/test']").Should().HaveCount(2, "the first one and this one");
    }

    [Fact]
    public async Task The_form_of_a_new_exporter_sent_twice_makes_one()
    {
        var (first, second) = await Twice(
            await Journey.ExporterForm(), ("Name", "Twice"), ("TabTitle", "Twice"),
            ("SpreadsheetKey", ready.SpreadsheetKey));

        first.Status.Should().Be(HttpStatusCode.Redirect, first.Text);
        second.Location.Should().Be(first.Location);
        (await Journey.Exporters()).Should().ContainSingle(e => e["name"]!.GetValue<string>() == "Twice");
    }

    private async Task<(Page First, Page Second)> Twice(
        AngleSharp.Html.Dom.IHtmlFormElement form, params (string Name, string? Value)[] fields)
    {
        var (first, second) = (Journey.Browser.Submit(form, fields), Journey.Browser.Submit(form, fields));
        return (await first, await second);
    }

    private async Task<AngleSharp.Html.Dom.IHtmlFormElement> RunForm()
    {
        var page = await Journey.Browser.Get($"/exporters/{ready.ExporterId}");
        page.Status.Should().Be(HttpStatusCode.OK, "{0}", Journey.Portal.Output);
        return page.Form("form[action$='/run']");
    }

    /// <summary>An exporter that has run once.</summary>
    public sealed class Ready : IAsyncLifetime
    {
        public Journey Journey { get; private set; } = null!;

        public Guid ExporterId => Journey.ExporterId;

        /// <summary>Our id of the spreadsheet.</summary>
        public string SpreadsheetKey { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Journey = await Journey.AfterFirstRun(null, "--Limits=off");
            SpreadsheetKey = (await Journey.ExporterForm())
                .QuerySelector("#spreadsheet option[selected]")!.GetAttribute("value")!;
        }

        public async Task DisposeAsync() => await Journey.DisposeAsync();
    }
}
