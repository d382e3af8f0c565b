using System.Text.Json.Nodes;
using System.Web;
using CountingKit.Adapters.Xero;
using CountingKit.Connections;
using CountingKit.Testing;
using CountingKit.Testing.Postgres;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Xero;

/// <summary>Two portals with one vault on PostgreSQL, against a Xero that takes each refresh token once and never again.</summary>
[Trait("Speed", "Slow")]
public sealed class XeroGrantsOnPostgresTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly PostgresDatabase database = PostgresDatabase.Migrated();
    private SandboxProcess sandbox = null!;
    private XeroHouse house = null!;
    private XeroHouse other = null!;

    public async Task InitializeAsync()
    {
        sandbox = await SandboxProcess.Start("--Organizations=1", "--Invoices=1");
        await sandbox.Control.Post("_/xero/settings", new { refreshGraceMinutes = 0 });
        house = new XeroHouse(sandbox.Xero, folder, database: database.ConnectionString);
        other = new XeroHouse(sandbox.Xero, folder, database: database.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await other.DisposeAsync();
        await house.DisposeAsync();
        await sandbox.DisposeAsync();
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Thirty_two_at_once_in_each_of_two_portals_renew_an_expired_token_once()
    {
        var connectionId = await Connect();
        var times = Scale.Of(5, 20);
        var last = (await Access(house, connectionId)).Token;
        for (var time = 0; time < times; time++)
        {
            await sandbox.Control.Post("_/xero/tokens/expire", new { });
            await house.Expire();
            await sandbox.Control.EmptyJournal();
            var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = Enumerable.Range(0, 32).SelectMany(_ => new[] { house, other }).Select(async portal =>
            {
                await go.Task;
                return await Access(portal, connectionId);
            }).ToList();
            go.SetResult();

            var tokens = (await Task.WhenAll(waiting)).Select(access => access.Token).Distinct().ToList();

            tokens.Should().ContainSingle().Which.Should().NotBe(last);
            last = tokens[0];
            (await sandbox.Control.Journal()).Should().ContainSingle(call => call.Request == "POST /connect/token")
                .Which.Status.Should().Be(200);
            (await other.Connections.ReadOrganization(connectionId, default)).Name.Should().NotBeEmpty();
        }
    }

    private static Task<XeroAccess> Access(XeroHouse at, Guid connectionId) =>
        at.Get<XeroGrants>().Access(connectionId, default);

    private async Task<Guid> Connect()
    {
        var tenantId = (await sandbox.Control.Get<JsonArray>("_/xero/organizations"))[0]!["tenantId"]!.GetValue<string>();
        var person = (await sandbox.Control.Get<JsonArray>("_/xero/people"))[0]!["id"]!.GetValue<string>();
        var started = await house.Start();
        Dictionary<string, string> form = new(started.Query)
        {
            ["answer"] = "allow", ["person"] = person, ["organization"] = tenantId,
        };
        using var page = await sandbox.XeroHttp.PostAsync(
            started.Address.GetLeftPart(UriPartial.Path), new FormUrlEncodedContent(form));
        var callback = HttpUtility.ParseQueryString(page.Headers.Location!.Query);
        (await house.Answer(callback["state"], callback["code"])).Should().BeOfType<XeroSignInGranted>();
        var connectionId = Guid.CreateVersion7();
        await house.SignIn.Attach(started.Id, connectionId, Guid.Parse(tenantId), default);
        return connectionId;
    }
}
