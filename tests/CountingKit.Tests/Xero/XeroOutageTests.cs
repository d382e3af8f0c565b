using CountingKit.Adapters.Xero;
using CountingKit.Connections;
using CountingKit.Testing;

namespace CountingKit.Tests.Xero;

/// <summary>What Xero gives once is stored, though the database or the person's browser is away in that moment.</summary>
public sealed class XeroOutageTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private FakeXero xero = null!;
    private XeroHouse house = null!;

    public async Task InitializeAsync()
    {
        xero = await FakeXero.Start();
        house = new XeroHouse(xero.Address, folder);
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await xero.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_renewed_pair_outlasts_an_outage_of_the_database()
    {
        var connectionId = await house.Connect(xero);
        await house.Expire();
        WithTokens(() => house.Storage.FailNext(3));

        (await Access(house, connectionId)).Token.Should().Be(xero.AccessToken);

        await using var restarted = new XeroHouse(xero.Address, folder);
        (await Access(restarted, connectionId)).Token.Should().Be(xero.AccessToken);
        house.Logs.Lines.Should().ContainMatch("*POST /connect/token*could not be written down*");
    }

    [Fact]
    public async Task A_call_whose_line_in_the_log_fails_gives_its_answer()
    {
        var connectionId = await house.Connect(xero);
        xero.Accounting = context =>
        {
            house.Storage.FailNext(1);
            return FakeXero.Json(context, """{"Organisations":[{"OrganisationID":"b2b1a9b5-8a2f-4d6c-9d30-0c3f5b1f2a11","Name":"Acme Ltd"}]}""");
        };

        (await house.Connections.ReadOrganization(connectionId, default)).Name.Should().Be("Acme Ltd");
    }

    [Fact]
    public async Task A_consent_outlasts_an_outage_of_the_database()
    {
        xero.Grant("Acme Ltd");
        var started = await house.Start();
        WithTokens(() => house.Storage.FailNext(3));

        (await house.Answer(started.State, xero.Code)).Should().BeOfType<XeroSignInGranted>();
    }

    [Fact]
    public async Task A_consent_outlasts_whoever_leaves_the_page()
    {
        xero.Grant("Acme Ltd");
        var started = await house.Start();
        using var request = new CancellationTokenSource();
        WithTokens(request.Cancel);

        var outcome = await house.SignIn.Answer(
            new XeroSignInAnswer(started.State, xero.Code, null, null, XeroHouse.Browser), XeroHouse.Member,
            request.Token);

        outcome.Should().BeOfType<XeroSignInGranted>();
        (await house.SignIn.Find(started.Id, XeroHouse.Member, default)).Should().NotBeNull();
    }

    private void WithTokens(Action then) => xero.Before = context =>
    {
        if (context.Request.Path == "/connect/token") then();
        return Task.FromResult(false);
    };

    private static Task<XeroAccess> Access(XeroHouse at, Guid connectionId) =>
        at.Get<XeroGrants>().Access(connectionId, default);
}
