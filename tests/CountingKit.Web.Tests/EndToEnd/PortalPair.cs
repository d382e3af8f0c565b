using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CountingKit.Testing.Portal;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>Two portals of one installation behind what a load balancer does: who does not answer is not asked.</summary>
internal sealed class PortalPair : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly PortalProcess[] portals;
    private readonly HttpClient[] clients;

    /// <summary>The one that is down or starting; -1 = none.</summary>
    private volatile int down = -1;

    private PortalPair(PortalProcess first, PortalProcess second)
    {
        portals = [first, second];
        clients = [.. portals.Select(portal => new HttpClient { BaseAddress = portal.Address, Timeout = Patience })];
        foreach (var client in clients) client.DefaultRequestHeaders.Authorization = new("Bearer", first.Secrets.ApiKey);
    }

    public IReadOnlyList<PortalProcess> Portals => portals;

    public int Kills { get; private set; }

    /// <param name="first">Stays its owner's.</param>
    public static async Task<PortalPair> Of(PortalProcess first) => new(first, await first.StartBeside());

    /// <summary>SIGKILL of one of them after each <paramref name="interval"/>, in turn, and its restart, until canceled.</summary>
    public async Task KillEach(TimeSpan interval, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await Task.Delay(interval, ct);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var victim = Kills % portals.Length;
            down = victim;
            await portals[victim].Kill();
            Kills++;
            await portals[victim].Restart();
            down = -1;
        }
    }

    /// <summary>That one stands still, and nobody asks it anything, until <see cref="Resume"/>.</summary>
    public async Task Freeze(int portal)
    {
        down = portal;
        await portals[portal].Freeze();
    }

    public async Task Resume(int portal)
    {
        await portals[portal].Resume();
        down = -1;
    }

    /// <summary>Asks for a run at one portal; if that dies over it, with the same key at the other.</summary>
    public async Task<Guid> StartRun(int portal, Guid exporterId)
    {
        var key = Guid.CreateVersion7();
        var run = await Ask(portal, async client =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/exporters/{exporterId}/runs");
            request.Headers.Add("Idempotency-Key", key.ToString());
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            answer.IsSuccessStatusCode.Should().BeTrue("{0}: {1}\n{2}", answer.StatusCode, text, Output);
            return JsonNode.Parse(text)!;
        });
        return run["id"]!.GetValue<Guid>();
    }

    /// <returns>The run as the API shows it once it has ended.</returns>
    public async Task<JsonNode> Ended(int portal, Guid runId)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var run = await Ask(portal, async client =>
            {
                using var answer = await client.GetAsync($"api/v1/runs/{runId}");
                // Where the portal that projects stands still, the other one must take that over first.
                if (answer.StatusCode is HttpStatusCode.NotFound) return new JsonObject { ["ended"] = false };
                answer.EnsureSuccessStatusCode();
                return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
            });
            if (run["ended"]!.GetValue<bool>()) return run;
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"The run does not end: {run.ToJsonString()}\n{Output}");
            await Task.Delay(250);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) client.Dispose();
        await portals[1].DisposeAsync();
    }

    private string Output => string.Join("\n---\n", portals.Select(portal => portal.Output));

    private async Task<JsonNode> Ask(int portal, Func<HttpClient, Task<JsonNode>> question)
    {
        while (true)
        {
            var asked = down == portal ? 1 - portal : portal;
            try
            {
                return await question(clients[asked]);
            }
            catch (HttpRequestException cut) when (cut.StatusCode is null)
            {
                // Killed over it: the other one answers.
                portal = 1 - asked;
            }
        }
    }
}
