using System.Net;
using System.Text.Json;
using CountingKit.Testing.Postgres;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The portal on a PostgreSQL server that goes away under load and comes back.</summary>
public sealed class PostgresAway : IAsyncLifetime
{
    private static readonly string[] Addresses = ["/", "/connections", "/exporters", "/runs", "/audit", "/sign-in"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresServer server = PostgresServer.Own();
    private PortalFactory portal = null!;

    public async Task InitializeAsync()
    {
        portal = new() { Settings = new() { ["Database:ConnectionString"] = server.Connection } };
        await portal.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await portal.DisposeAsync();
        server.Dispose();
    }

    [Fact]
    public async Task Every_page_says_so_and_after_its_return_everything_goes_on()
    {
        var owner = await portal.Owner();
        using var api = portal.Api();
        for (var round = 0; round < 3; round++)
        {
            using var stop = new CancellationTokenSource();
            var load = Enumerable.Range(0, 8).Select(i => Load(owner, i, stop.Token)).ToList();
            await Task.Delay(300);

            server.Stop();
            foreach (var address in Addresses[..^1]) await Says(await owner.Get(address));
            await Says(api);
            (await owner.Get("/site.css")).Status.Should().Be(HttpStatusCode.OK, "the page that says so has its looks");
            var ready = await api.GetAsync("/health/ready");
            ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            (await ready.Content.ReadAsStringAsync()).Should().Contain("\"vault\":\"It cannot be opened.\"");
            (await api.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);

            server.Start();
            await Ready(api);
            await stop.CancelAsync();
            (await Task.WhenAll(load)).SelectMany(s => s).Should().BeSubsetOf([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
            foreach (var address in Addresses) (await owner.Get(address)).Status.Should().Be(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_form_that_met_the_outage_is_sent_again_and_done_once()
    {
        var owner = await portal.Owner();
        var form = (await owner.Get("/settings/read-models")).Form();
        server.Stop();

        var met = await owner.Submit(form);
        await Says(met);
        server.Start();
        using var api = portal.Api();
        await Ready(api);
        var again = await owner.Submit(form);

        again.Status.Should().Be(HttpStatusCode.Redirect);
        (await owner.Get(again.Location!)).Status.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>Asks for one page after another.</summary>
    private static async Task<HashSet<HttpStatusCode>> Load(Browser browser, int start, CancellationToken ct)
    {
        var seen = new HashSet<HttpStatusCode>();
        for (var i = start; !ct.IsCancellationRequested; i++) seen.Add((await browser.Get(Addresses[i % Addresses.Length])).Status);
        return seen;
    }

    private static Task Says(Page page)
    {
        page.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        page.Text.Should().Contain("The database cannot be reached").And.Contain("CK-STORE-03")
            .And.NotContain("Npgsql").And.NotContain("Exception");
        page.Header("Content-Security-Policy").Should().NotBeNullOrEmpty();
        page.Header("Retry-After").Should().NotBeNullOrEmpty();
        return Task.CompletedTask;
    }

    private static async Task Says(HttpClient api)
    {
        var answer = await api.GetAsync("/api/v1/connections");
        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("code").GetString().Should().Be("CK-STORE-03");
    }

    private static async Task Ready(HttpClient http)
    {
        using var stop = new CancellationTokenSource(Patience);
        while (!(await http.GetAsync("/health/ready", stop.Token)).IsSuccessStatusCode) await Task.Delay(150, stop.Token);
    }
}
