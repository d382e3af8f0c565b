using CountingKit.Connections;
using CountingKit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.Xero;

/// <summary>From what a consent covers to the connection that reads it.</summary>
public sealed class XeroChoosingTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private FakeXero xero = null!;
    private XeroHouse house = null!;

    public async Task InitializeAsync()
    {
        xero = await FakeXero.Start();
        xero.Time = time;
        house = new XeroHouse(xero.Address, folder, time);
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await xero.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_same_person_connects_a_second_organization_and_sees_the_first_as_connected()
    {
        var acme = xero.Grant("Acme Ltd");
        var connectionId = await house.Connect(xero);
        xero.AuthEventId = Guid.CreateVersion7();
        var bolt = xero.Grant("Bolt Ltd");

        var granted = (XeroSignInGranted)await house.Answer((await house.Start()).State, xero.Code);

        granted.Organizations.Should().Equal(
            new XeroChoice(bolt.tenantId, "Bolt Ltd", bolt.id, null, JustGranted: true),
            new XeroChoice(acme.tenantId, "Acme Ltd", acme.id, connectionId, JustGranted: false));
    }

    [Fact]
    public async Task An_organization_that_the_sign_in_does_not_cover_is_not_attached()
    {
        xero.Grant("Acme Ltd");
        var started = await house.Start();
        await house.Answer(started.State, xero.Code);

        var attach = () => house.SignIn.Attach(started.Id, Guid.CreateVersion7(), Guid.CreateVersion7(), default);

        (await attach.Should().ThrowAsync<XeroSignInException>()).Which.Problem.Should().Be(XeroCodes.NotCovered);
    }

    [Fact]
    public async Task A_connection_is_not_moved_to_another_organization()
    {
        var connectionId = await house.Connect(xero);
        xero.AuthEventId = Guid.CreateVersion7();
        var bolt = xero.Grant("Bolt Ltd");
        var started = await house.Start(connectionId);
        await house.Answer(started.State, xero.Code);

        var attach = () => house.SignIn.Attach(started.Id, connectionId, bolt.tenantId, default);

        (await attach.Should().ThrowAsync<XeroSignInException>()).Which.Problem.Should().Be(XeroCodes.NotCovered);
    }

    [Fact]
    public async Task A_choice_that_comes_late_is_refused()
    {
        var acme = xero.Grant("Acme Ltd");
        var started = await house.Start();
        await house.Answer(started.State, xero.Code);
        time.Advance(TimeSpan.FromMinutes(13));

        var attach = () => house.SignIn.Attach(started.Id, Guid.CreateVersion7(), acme.tenantId, default);

        (await attach.Should().ThrowAsync<XeroSignInException>()).Which.Problem.Should().Be(XeroCodes.TooLate);
    }

    [Fact]
    public async Task A_new_consent_revives_a_dead_sign_in()
    {
        var connectionId = await house.Connect(xero);
        await using (var db = house.Vault())
            await db.XeroGrants.ExecuteUpdateAsync(set => set.SetProperty(g => g.DiedAt, DateTime.UnixEpoch));

        var again = await house.Start(connectionId);
        await house.Answer(again.State, xero.Code);

        (await house.Connections.SignIn(connectionId, default))!.DiedAt.Should().BeNull();
    }
}
