using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Testing;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>The portal dies in the middle of a change of an exporter's tab.</summary>
public sealed class KilledChange(KilledChange.Ready ready) : IClassFixture<KilledChange.Ready>
{
    private Journey Journey => ready.Journey;

    [Fact]
    public async Task Killed_anywhere_the_change_goes_on_when_it_is_sent_again_and_the_exporter_holds_one_tab()
    {
        var random = new Random(10);
        for (var kill = 1; kill <= Scale.Of(3, 30); kill++)
        {
            var tab = $"Tab {kill}";
            var form = (await Journey.Browser.Get($"/exporters/{ready.ExporterId}/edit")).Form("#exporter-form");
            var lost = Journey.Browser.Submit(form, ("TabTitle", tab));
            await Task.Delay(random.Next(5, 80));
            await Journey.Portal.Kill();
            await Task.WhenAny(lost);
            await Journey.Portal.Restart();

            var again = await Journey.Browser.Submit(form, ("TabTitle", tab));

            again.Location.Should().Be($"/exporters/{ready.ExporterId}", again.Text);
            await Holds(tab);
        }

        (await Journey.Run(ready.ExporterId))["status"]!.GetValue<string>().Should().Be("Completed");
    }

    private async Task Holds(string tab)
    {
        for (var patience = 200; ; patience--)
        {
            var tabs = await Tabs();
            if (tabs.SequenceEqual([tab]) && await InTheForm() == tab) return;
            patience.Should().BePositive("it holds {0}, and not {1}", tab, string.Join(", ", tabs));
            await Task.Delay(150);
        }
    }

    /// <summary>A form that pages render while they lag behind the log would be refused.</summary>
    private async Task<string?> InTheForm() =>
        (await Journey.Browser.Get($"/exporters/{ready.ExporterId}/edit")).ById("tab").GetAttribute("value");

    /// <summary>The tabs that the log says are the exporter's.</summary>
    private async Task<IReadOnlyList<string>> Tabs()
    {
        var catalog = new EventCatalog().AddExporterEvents();
        var claims = (await RunLog.All(Journey.Portal))
            .Where(stored => stored.Stream == SpreadsheetTabs.StreamOf(Journey.SpreadsheetId))
            .Select(stored => catalog.Deserialize(stored).Event)
            .Aggregate(SpreadsheetTabs.Decider.Initial, SpreadsheetTabs.Decider.Evolve);
        return [.. claims.Tabs.Where(claim => claim.Value == ready.ExporterId).Select(claim => claim.Key)];
    }

    /// <summary>An exporter that has not run yet.</summary>
    public sealed class Ready : IAsyncLifetime
    {
        public Journey Journey { get; private set; } = null!;

        public Guid ExporterId { get; private set; }

        public async Task InitializeAsync()
        {
            Journey = await Journey.Begin(["--Organizations=1", "--Invoices=10", "--Limits=off"]);
            ExporterId = await Journey.ToExporter();
        }

        public async Task DisposeAsync() => await Journey.DisposeAsync();
    }
}
