using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CountingKit.EventSourcing;
using CountingKit.History;
using CountingKit.Runs;
using CountingKit.Web.Tests.Exporters;
using CountingKit.Web.Tests.Portal;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Api;

/// <summary>What a program does that has a key: looks, runs, follows, takes files, replays.</summary>
public sealed class ApiJourney(ExporterPages.Connected connected) : IClassFixture<ExporterPages.Connected>, IAsyncLifetime
{
    private readonly HttpClient api = connected.Vendors.Portal.Api();
    private Guid exporter;

    private PortalFactory Portal => connected.Vendors.Portal;

    public async Task InitializeAsync()
    {
        var form = (await connected.Owner.Get($"/exporters/new?connection={connected.Connection}")).Form("#exporter-form");
        var name = $"Api {Guid.CreateVersion7():N}"[..30];
        exporter = Guid.Parse((await connected.Owner.Submit(form, ("Name", name), ("TabTitle", name))).Location!.Split('/')[^1]);
    }

    public Task DisposeAsync()
    {
        api.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_there_is_to_export_from_where_and_to_where_is_told()
    {
        var datasets = await List("/api/v1/datasets");
        var invoices = datasets.Single(dataset => (string?)dataset!["key"] == "invoices")!;

        ((bool?)invoices["isReport"]).Should().BeFalse();
        ((bool?)datasets.Single(dataset => (string?)dataset!["key"] == "profitAndLoss")!["isReport"]).Should().BeTrue();
        invoices["columns"]!.AsArray().Select(column => (string?)column!["key"]).Should().Contain(["invoiceNumber", "total"]);
        ((string?)invoices["columns"]!.AsArray().Single(column => (string?)column!["key"] == "total")!["type"]).Should().Be("Money");
        invoices["statuses"]!.AsArray().Select(status => (string?)status).Should().Contain("AUTHORISED");
        (await List("/api/v1/connections")).Select(c => (string?)c!["organization"]).Should().Contain(connected.Organization);
        var sheet = (await List("/api/v1/spreadsheets")).Should().ContainSingle().Which!;
        ((string?)sheet["title"], ((string?)sheet["url"])!.Contains((string)sheet["spreadsheetId"]!, StringComparison.Ordinal))
            .Should().Be(("Books", true));
        ((string?)(await api.GetFromJsonAsync<JsonNode>($"/api/v1/exporters/{exporter}"))!["data"]).Should().Be("invoices");
    }

    [Fact]
    public async Task A_run_is_started_once_followed_taken_as_a_file_and_replayed()
    {
        var key = Guid.CreateVersion7();
        var (first, again) = (await Post($"/api/v1/exporters/{exporter}/runs", key), await Post($"/api/v1/exporters/{exporter}/runs", key));
        var run = await Ended(await Id(first));

        (first.StatusCode, (await Id(again)) == run).Should().Be((HttpStatusCode.Accepted, true));
        first.Headers.Location!.AbsolutePath.Should().Be($"/api/v1/runs/{run}");

        using var file = await api.GetAsync($"/api/v1/runs/{run}/file?format=csv");
        file.StatusCode.Should().Be(HttpStatusCode.OK);
        file.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        (await file.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should().HaveCount((int)(await api.GetFromJsonAsync<JsonNode>($"/api/v1/runs/{run}"))!["rows"]! + 1, "rows and the headings");
        (await Portal.Log()).Select(e => e.Event).OfType<RowsDownloaded>().Count(e => e.RunId == run).Should().Be(1);
        (await api.GetAsync($"/api/v1/runs/{run}/file?format=docx")).StatusCode.Should().Be(HttpStatusCode.BadRequest);

        var tab = $"As it was {run:N}"[..30];
        var replay = await Ended(await Id(await Post($"/api/v1/runs/{run}/replays?tab={Uri.EscapeDataString(tab)}", Guid.CreateVersion7())));
        var replayed = (await api.GetFromJsonAsync<JsonNode>($"/api/v1/runs/{replay}"))!;
        ((Guid?)replayed["replayOf"]).Should().Be(run);
        ((int)(await Post($"/api/v1/runs/{run}/replays", null)).StatusCode).Should().Be(422, "a tab is named");
    }

    [Fact]
    public async Task Pages_of_runs_follow_one_another_though_runs_arrive()
    {
        for (var i = 0; i < 3; i++) await Ended(await Id(await Post($"/api/v1/exporters/{exporter}/runs", null)));
        var whole = (await List($"/api/v1/runs?exporter={exporter}")).Select(run => (Guid)run!["id"]!).ToList();

        using var first = await api.GetAsync($"/api/v1/runs?exporter={exporter}&limit=2");
        await Ended(await Id(await Post($"/api/v1/exporters/{exporter}/runs", null)));
        var link = first.Headers.GetValues("Link").Single();
        using var second = await api.GetAsync(link[1..link.IndexOf('>', StringComparison.Ordinal)]);

        link.Should().EndWith("; rel=\"next\"").And.Contain($"exporter={exporter}").And.Contain("limit=2");
        (await Ids(first)).Concat(await Ids(second)).Should().Equal(whole);
        second.Headers.Contains("Link").Should().BeFalse("it is the last");
        (await api.GetAsync("/api/v1/runs?limit=201")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await List($"/api/v1/runs?exporter={exporter}&status=Failed")).Should().BeEmpty();
    }

    [Fact]
    public async Task An_exporter_is_paused_and_resumed_once_and_a_run_that_has_ended_is_not_canceled()
    {
        var (pause, key) = ($"/api/v1/exporters/{exporter}/pause", Guid.CreateVersion7());
        foreach (var number in (Guid[])[key, key]) (await Post(pause, number)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        using var refused = await Post($"/api/v1/exporters/{exporter}/runs", null);
        var problem = (await refused.Content.ReadFromJsonAsync<JsonNode>())!;
        (await Post($"/api/v1/exporters/{exporter}/resume", null)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        var run = await Ended(await Id(await Post($"/api/v1/exporters/{exporter}/runs", null)));

        ((int)refused.StatusCode, (string?)problem["code"]).Should().Be((422, "CK-EXPORTER-13"));
        ((int)(await Post($"/api/v1/runs/{run}/cancel", null)).StatusCode).Should().Be(422, "it has ended: nothing is left to cancel");
        (await Portal.Log()).Select(e => e.Event).OfType<CountingKit.Exporters.ExporterPaused>()
            .Count(e => e.ExporterId == exporter).Should().Be(1);
    }

    [Fact]
    public async Task Schedules_are_told_in_words_paused_and_resumed()
    {
        await connected.Owner.Submit((await connected.Owner.Get($"/exporters/{exporter}/schedules/new")).Form("#schedule-form"));
        var schedule = (await List($"/api/v1/exporters/{exporter}/schedules")).Should().ContainSingle().Which!;
        var path = $"/api/v1/exporters/{exporter}/schedules/{schedule["id"]}";

        (await Post($"{path}/pause", null)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        await Settled();
        var paused = (await List($"/api/v1/exporters/{exporter}/schedules"))[0]!;
        (await Post($"{path}/resume", null)).StatusCode.Should().Be(HttpStatusCode.NoContent);

        ((string?)schedule["words"]).Should().Contain(" at ");
        ((bool?)schedule["paused"], schedule["nextAt"] is not null).Should().Be((false, true));
        ((bool?)paused["paused"], paused["nextAt"] is null).Should().Be((true, true));
    }

    [Fact]
    public async Task The_trail_is_read_page_by_page()
    {
        await Post($"/api/v1/exporters/{exporter}/pause", null);
        await Post($"/api/v1/exporters/{exporter}/resume", null);
        await Settled();

        using var first = await api.GetAsync($"/api/v1/audit?target={exporter}&limit=1");
        var newest = (await first.Content.ReadFromJsonAsync<JsonArray>())![0]!;
        var link = first.Headers.GetValues("Link").Single();
        var next = (await List(link[1..link.IndexOf('>', StringComparison.Ordinal)]))[0]!;

        ((string?)newest["type"], (string?)next["type"]).Should().Be(("exporter-resumed.v1", "exporter-paused.v1"));
        ((string?)newest["who"]).Should().EndWith(", by API key");
        ((long)newest["number"]!).Should().BeGreaterThan((long)next["number"]!);
    }

    [Fact]
    public async Task The_document_describes_every_endpoint_and_the_key_that_it_takes()
    {
        var document = (await api.GetFromJsonAsync<JsonNode>("/api/v1/openapi.json"))!;

        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(
            operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        var routes = Security.Routes.Of(Portal).Where(route => route.IsApi && route.Pattern.StartsWith("api/v1/", StringComparison.Ordinal))
            .Select(route => $"{route.Method} /{route.Pattern.Replace(":guid", "", StringComparison.Ordinal)}");
        described.Should().BeEquivalentTo(routes);
        ((string?)document["components"]!["securitySchemes"]!["key"]!["scheme"]).Should().Be("bearer");
        document["paths"]!["/api/v1/runs/{runId}"]!["get"]!["responses"]!["200"]!["content"]!["application/json"].Should().NotBeNull();
        (await Portal.CreateClient().GetAsync("/api/v1/openapi.json")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private async Task<JsonArray> List(string path) => (await api.GetFromJsonAsync<JsonArray>(path))!;

    private static async Task<IEnumerable<Guid>> Ids(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonArray>())!.Select(run => (Guid)run!["id"]!);

    private async Task<HttpResponseMessage> Post(string path, Guid? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (key is { } number) request.Headers.Add("Idempotency-Key", number.ToString());
        return await api.SendAsync(request);
    }

    private static async Task<Guid> Id(HttpResponseMessage answer)
    {
        answer.StatusCode.Should().Be(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (Guid)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    /// <summary>Waits until the exporter is free of it, too, and pages tell so.</summary>
    private async Task<Guid> Ended(Guid run)
    {
        await Portal.Logged<RunReleased>(e => e.RunId == run);
        await Settled();
        ((bool)(await api.GetFromJsonAsync<JsonNode>($"/api/v1/runs/{run}"))!["ended"]!).Should().BeTrue();
        return run;
    }

    private async Task Settled() =>
        await Portal.Services.GetRequiredService<ReadModels>().CaughtUpTo((await Portal.Log())[^1].Position, default);
}
