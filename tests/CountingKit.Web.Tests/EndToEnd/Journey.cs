using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using CountingKit.Testing.Portal;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>
/// A person before the published portal and the sandbox: signs in, connects, creates, runs, by the pages' own forms;
/// and an API client with the owner's key.
/// </summary>
public sealed class Journey : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private CookieContainer cookies = new();

    private Journey(SandboxProcess sandbox, PortalProcess portal)
    {
        (Sandbox, Portal) = (sandbox, portal);
        Browser = NewBrowser();
        Api = new HttpClient { BaseAddress = portal.Address, Timeout = Patience };
        Api.DefaultRequestHeaders.Authorization = new("Bearer", portal.Secrets.ApiKey);
    }

    public SandboxProcess Sandbox { get; }

    public PortalProcess Portal { get; }

    public Browser Browser { get; private set; }

    public HttpClient Api { get; }

    /// <summary>For the exporter's form: drafts, voided and deleted records too.</summary>
    public static (string Name, string? Value) EveryStatus => ("Statuses", "");

    /// <summary>Every address that the browser was sent to.</summary>
    public List<Uri> Visited { get; } = [];

    /// <summary>The values of the browser's cookies.</summary>
    public IEnumerable<string> Cookies => cookies.GetAllCookies().Select(cookie => cookie.Value)
        .Where(value => value.Length >= 12);

    /// <summary>Of <see cref="ToExporter"/>.</summary>
    public Guid ExporterId { get; private set; }

    /// <summary>Google's id of the spreadsheet that was created.</summary>
    public string SpreadsheetId { get; private set; } = "";

    public static async Task<Journey> Begin(
        string[] sandboxSettings, params (string Name, string Value)[] portalSettings) =>
        await Begin(await SandboxProcess.Start(sandboxSettings), portalSettings);

    /// <param name="sandbox">Becomes the journey's own.</param>
    public static Task<Journey> Begin(
        SandboxProcess sandbox, params (string Name, string Value)[] portalSettings) => Begin(sandbox, null, portalSettings);

    /// <inheritdoc cref="Begin(SandboxProcess, ValueTuple{string, string}[])"/>
    /// <param name="kind">Null = as the environment says.</param>
    public static async Task<Journey> Begin(
        SandboxProcess sandbox, StorageKind? kind, params (string Name, string Value)[] portalSettings)
    {
        try
        {
            return new(sandbox, await PortalProcess.Start(sandbox, kind, portalSettings));
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>An installation whose exporter of the 40 invoices of one organization has run once and whose owner is signed in.</summary>
    /// <param name="kind">Null = as the environment says.</param>
    /// <param name="sandboxSettings">Beside those that make the organization.</param>
    public static async Task<Journey> AfterFirstRun(StorageKind? kind = null, params string[] sandboxSettings)
    {
        var journey = await Begin(await SandboxProcess.Start(["--Organizations=1", "--Invoices=40", .. sandboxSettings]), kind);
        try
        {
            var first = await journey.Run(await journey.ToExporter());
            first["status"]!.GetValue<string>().Should().BeOneOf("Completed", "Warnings");
            return journey;
        }
        catch
        {
            await journey.DisposeAsync();
            throw;
        }
    }

    /// <summary>The whole way to an exporter of all sales invoices, ready to run.</summary>
    /// <param name="tenantId">Null = the first organization.</param>
    /// <returns>The exporter's id.</returns>
    public async Task<Guid> ToExporter(string? tenantId = null)
    {
        await SignIn();
        await ConnectGoogle();
        await CreateSpreadsheet("Books");
        await ConnectXero(tenantId ?? (await Organizations())[0].TenantId);
        return ExporterId = await CreateExporter("Invoices", EveryStatus);
    }

    public async Task SignIn()
    {
        Browser = NewBrowser();
        var page = await Browser.Get("/sign-in");
        var answer = await Browser.Submit(
            page.Form(), ("Email", PortalSecrets.OwnerEmail), ("Password", Portal.Secrets.OwnerPassword));
        answer.Location.Should().Be("/", "the sign-in should succeed");
    }

    /// <returns>The page that adds a spreadsheet to the account.</returns>
    public async Task<Page> ConnectGoogle()
    {
        var connect = await Browser.Get("/spreadsheets/connect");
        var consent = await Follow(await Browser.Submit(connect.Form("form[action='/spreadsheets/google']")));
        var added = await Follow(await Browser.Submit(consent.OwnForm(), ("decision", "allow")));
        added.Path().Should().StartWith("/spreadsheets/connect/");
        return added;
    }

    public async Task CreateSpreadsheet(string title)
    {
        var add = await Follow(await AccountPage());
        await Follow(await Browser.Submit(add.Form("form[action$='/create']"), ("Title", title)));
        var made = (await Spreadsheets()).Single(s => s["title"]!.GetValue<string>() == title);
        SpreadsheetId = made["spreadsheetId"]!.GetValue<string>();
    }

    /// <summary>The page that adds a spreadsheet to the account of <see cref="ConnectGoogle"/>.</summary>
    public Task<Page> AccountPage() => Browser.Get(
        Visited.Last(v => v.AbsolutePath.StartsWith("/spreadsheets/connect/", StringComparison.Ordinal)).PathAndQuery);

    /// <returns>The confirmation.</returns>
    public async Task<Page> ConnectXero(string tenantId)
    {
        var connect = await Browser.Get("/connections/connect");
        var consent = await Follow(await Browser.Submit(connect.Form("form[action='/connections/connect']")));
        var confirmed = await Follow(await Browser.Submit(
            consent.OwnForm(), ("answer", "allow"), ("organization", tenantId)));
        confirmed.Path().Should().Be("/connections/connected");
        return confirmed;
    }

    /// <returns>The exporter's id.</returns>
    public async Task<Guid> CreateExporter(string tab, params (string Name, string? Value)[] more)
    {
        var before = (await Exporters()).Select(e => e["id"]!.GetValue<Guid>()).ToHashSet();
        await Follow(await Browser.Submit(await ExporterForm(), [("Name", tab), ("TabTitle", tab), .. more]));
        return (await Exporters()).Select(e => e["id"]!.GetValue<Guid>()).Single(id => !before.Contains(id));
    }

    public async Task<IHtmlFormElement> ExporterForm() =>
        (await Follow(await Browser.Get("/exporters/new"))).Form("#exporter-form");

    /// <summary>Asks for a run by the API.</summary>
    public async Task<Guid> StartRun(Guid exporterId, Guid? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/exporters/{exporterId}/runs");
        if (key is not null) request.Headers.Add("Idempotency-Key", key.Value.ToString());
        using var answer = await Api.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue("{0}: {1}\n{2}", answer.StatusCode, text, Portal.Output);
        return JsonNode.Parse(text)!["id"]!.GetValue<Guid>();
    }

    /// <returns>The run as the API shows it once it has ended.</returns>
    public async Task<JsonNode> Ended(Guid runId)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var run = await Look(runId);
            if (run["ended"]!.GetValue<bool>()) return run;
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"The run does not end: {run.ToJsonString()}\n{Portal.Output}");
            await Task.Delay(250);
        }
    }

    /// <returns>The run as the API shows it once it waits.</returns>
    public async Task<JsonNode> Waiting(Guid runId)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var run = await Look(runId);
            if (run["status"]!.GetValue<string>() == "Waiting") return run;
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"The run does not wait: {run.ToJsonString()}\n{Portal.Output}");
            await Task.Delay(250);
        }
    }

    /// <returns>The run as the API shows it now.</returns>
    public async Task<JsonNode> Look(Guid runId) => (await Api.GetFromJsonAsync<JsonNode>($"api/v1/runs/{runId}"))!;

    public async Task<JsonNode> Run(Guid exporterId) => await Ended(await StartRun(exporterId));

    public async Task<IReadOnlyList<JsonNode>> Exporters() =>
        [.. (await Api.GetFromJsonAsync<JsonArray>("api/v1/exporters"))!.OfType<JsonNode>()];

    public async Task<IReadOnlyList<JsonNode>> Runs(Guid exporterId) =>
        [.. (await Api.GetFromJsonAsync<JsonArray>($"api/v1/runs?exporter={exporterId}"))!.OfType<JsonNode>()];

    public async Task<IReadOnlyList<(string TenantId, string Name)>> Organizations() =>
        [.. (await Sandbox.Control.Get<JsonArray>("_/xero/organizations"))
            .Select(o => (o!["tenantId"]!.GetValue<string>(), o["name"]!.GetValue<string>()))];

    /// <summary>All spreadsheets there are at Google.</summary>
    public async Task<IReadOnlyList<JsonNode>> Spreadsheets() =>
        [.. (await Sandbox.Control.Get<JsonArray>("_/google/spreadsheets")).OfType<JsonNode>()];

    /// <summary>Goes where an answer sends the browser, until a page comes.</summary>
    public async Task<Page> Follow(Page page)
    {
        while (page.Answer.Headers.Location is { } to)
        {
            var address = new Uri(page.Address(), to);
            Visited.Add(address);
            page = await Browser.Get(address.AbsoluteUri);
        }

        page.Status.Should().Be(HttpStatusCode.OK, "{0} answered {1}", page.Address(), page.Text);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Browser.Http.Dispose();
        await Portal.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    private Browser NewBrowser() => new(new HttpClient(
        new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies = new() })
    {
        BaseAddress = Portal.Address,
        Timeout = Patience,
    });
}
