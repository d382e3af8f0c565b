using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CountingKit.Runs;
using CountingKit.Web.Tests.Security;

namespace CountingKit.Web.Tests.Commands;

/// <summary>A program that gives one key to two things, as a script with a fixed key does.</summary>
public sealed class OneNumberTwoTargets(NeighborsOnFiles neighbors) : IClassFixture<NeighborsOnFiles>
{
    [Fact]
    public async Task One_key_for_two_exporters_starts_one_run_and_the_portal_goes_on()
    {
        using var api = neighbors.Portal.Api();
        var key = $"{Guid.CreateVersion7()}";

        var first = await Start(api, neighbors.Own.ExporterId, key);
        var other = await Start(api, neighbors.Hidden.ExporterId, key);
        var again = await Start(api, neighbors.Own.ExporterId, key);
        var onItsOwn = await Start(api, neighbors.Hidden.ExporterId, $"{Guid.CreateVersion7()}");

        first.Status.Should().Be(HttpStatusCode.Accepted);
        (other.Status, other.Body["code"]!.GetValue<string>()).Should().Be((HttpStatusCode.UnprocessableEntity, "CK-FORM-02"));
        again.Body["id"]!.ToString().Should().Be(first.Body["id"]!.ToString());
        onItsOwn.Body["id"]!.ToString().Should().NotBe(first.Body["id"]!.ToString());
        (await neighbors.Portal.Log()).Select(e => e.Event).OfType<RunQueued>().Select(e => e.RunId).Should().OnlyHaveUniqueItems();
        (await api.GetAsync("/api/v1/runs")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> Start(HttpClient api, Guid exporter, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/exporters/{exporter}/runs");
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await api.SendAsync(request);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
    }
}
