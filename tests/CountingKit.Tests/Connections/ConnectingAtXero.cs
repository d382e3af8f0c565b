using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Mirror;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Connections;

[Trait("Speed", "Slow")]
public sealed class ConnectingAtXero(ConnectionSandbox sandbox) : IClassFixture<ConnectionSandbox>
{
    [Fact]
    public async Task An_organization_is_connected_described_and_listed()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);

        var connected = await house.Connect(sandbox.First);
        var described = await house.Work(DescribeWorker.WorkKind);

        described.Should().BeOfType<WorkResult.Done>();
        connected.OrganizationName.Should().Be(sandbox.FirstName);
        var events = await house.Events(Connection.StreamOf(connected.ConnectionId));
        events.Select(e => e.GetType()).Should().Equal(typeof(OrganizationConnected), typeof(OrganizationDescribed));
        events.OfType<OrganizationDescribed>().Single().BaseCurrency.Should().NotBeNullOrEmpty();
        var item = (await house.Send(new ListConnections())).Items.Should().ContainSingle().Subject;
        (item.Name, item.Badge.Text, item.SignedInAs).Should().Be((sandbox.FirstName, "Connected", "Mary Advisor"));
    }

    [Fact]
    public async Task While_Xero_is_down_it_is_asked_ever_more_rarely()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        await house.Connect(sandbox.First);
        await sandbox.Process.Control.AddFault(
            new { vendor = "xero", pathPattern = "api.xro", times = 1000, kind = "status", status = 503 });

        foreach (var minutes in (int[])[1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360])
        {
            var before = TimeProvider.System.GetUtcNow();
            var again = (WorkResult.Again)await house.Work(DescribeWorker.WorkKind);
            (again.At - before).TotalMinutes.Should().BeInRange(minutes / 2.0, minutes + 1, "chance shortens a wait, by half at most");
        }

        await sandbox.Process.Control.ClearFaults();
        (await house.Work(DescribeWorker.WorkKind)).Should().BeOfType<WorkResult.Done>();
    }

    [Fact]
    public async Task While_the_mirror_is_away_Xero_is_not_asked_for_what_could_not_be_kept()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        await house.Work(DescribeWorker.WorkKind);
        await house.Connect(sandbox.Second);
        Directory.Move(house.Mirror, $"{house.Mirror}-elsewhere");
        var last = (await sandbox.Process.Control.Journal())[^1].Seq;

        var describe = () => house.Work(DescribeWorker.WorkKind);
        var test = () => house.Send(new TestConnection(Guid.CreateVersion7(), connected.ConnectionId));

        await describe.Should().ThrowAsync<FolderGoneException>();
        await test.Should().ThrowAsync<FolderGoneException>();
        (await sandbox.Process.Control.Journal(last)).Should().BeEmpty("each call is one less of the organization's day");
        Directory.Move($"{house.Mirror}-elsewhere", house.Mirror);
        (await describe()).Should().BeOfType<WorkResult.Done>();
    }

    [Fact]
    public async Task What_Xero_refuses_as_malformed_is_not_asked_again()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        await house.Connect(sandbox.First);
        await sandbox.Process.Control.AddFault(
            new { vendor = "xero", pathPattern = "api.xro", times = 1, kind = "status", status = 400 });

        (await house.Work(DescribeWorker.WorkKind)).Should().BeOfType<WorkResult.Done>();

        await sandbox.Process.Control.ClearFaults();
    }

    [Fact]
    public async Task What_Xero_says_of_it_is_kept_as_received_once()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        await house.Work(DescribeWorker.WorkKind);

        await house.Send(new TestConnection(Guid.CreateVersion7(), connected.ConnectionId));

        foreach (var resource in new[] { Source.Organization, Source.Connection })
            (await house.Events(SegmentList.StreamOf(new Source(connected.ConnectionId, resource)))).Should().ContainSingle()
                .Which.Should().BeEquivalentTo(new { Resource = resource, IsBase = true, Versions = 1, Added = 1 });
    }

    [Fact]
    public async Task The_same_command_twice_connects_once()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var granted = await house.Allow(sandbox.First);
        var command = new ConnectOrganization(Guid.CreateVersion7(), granted.SignInId, Guid.Parse(sandbox.First));

        var first = await house.Send(command);
        var second = await house.Send(command);

        second.Should().Be(first);
        (await house.Events(Tenant.StreamOf(Guid.Parse(sandbox.First)))).Should().ContainSingle();
    }

    [Fact]
    public async Task An_answer_of_the_store_that_is_lost_leaves_one_connection()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        house.Store.LoseEachAnswerOnce();

        var connected = await house.Connect(sandbox.First);

        (await house.Events(Connection.StreamOf(connected.ConnectionId))).Should().ContainSingle();
        await using var vault = house.Vault();
        (await vault.XeroTenants.CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task A_try_that_never_reached_the_log_does_not_end_the_connection_of_the_next_one()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var first = await house.Allow(sandbox.First);
        house.Store.FailBefore(house.Store.Appends + 1);
        var failing = () => house.Send(
            new ConnectOrganization(Guid.CreateVersion7(), first.SignInId, Guid.Parse(sandbox.First)));
        await failing.Should().ThrowAsync<EventStoreUnavailableException>();

        var connected = await house.Connect(sandbox.First);
        await house.LetPass(TimeSpan.FromHours(1));
        await house.LookAfterSignIns();

        var tested = await house.Send(new TestConnection(Guid.CreateVersion7(), connected.ConnectionId));
        tested.Code.Should().BeNull("Xero still has the connection");
        await using var vault = house.Vault();
        (await vault.XeroTenants.Select(t => t.ConnectionId).ToListAsync()).Should().Equal(connected.ConnectionId);
    }

    [Fact]
    public async Task Who_leaves_the_page_once_the_sign_in_is_attached_leaves_a_connection()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var granted = await house.Allow(sandbox.First);
        using var left = new CancellationTokenSource();
        house.Store.RivalBefore(house.Store.Appends + 1, _ => left.CancelAsync());

        var connected = await house.Send(
            new ConnectOrganization(Guid.CreateVersion7(), granted.SignInId, Guid.Parse(sandbox.First)), left.Token);

        left.IsCancellationRequested.Should().BeTrue();
        (await house.Events(Tenant.StreamOf(Guid.Parse(sandbox.First)))).Should().ContainSingle()
            .Which.Should().BeOfType<OrganizationClaimed>().Which.ConnectionId.Should().Be(connected.ConnectionId);
    }

    [Fact]
    public async Task A_dead_sign_in_is_told_once_at_each_connection_and_that_it_lives_again_likewise()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var first = await house.Connect(sandbox.First);
        var second = await house.Connect(sandbox.Second);
        await using (var vault = house.Vault())
            await vault.XeroGrants.ExecuteUpdateAsync(
                set => set.SetProperty(g => g.DiedAt, TimeProvider.System.GetUtcNow().UtcDateTime));

        await house.LookAfterSignIns();
        await house.CatchUpAll();
        await house.LookAfterSignIns();
        var again = await house.Allow(sandbox.First, first.ConnectionId);
        await house.CatchUp(await house.Send(
            new Reconnect(Guid.CreateVersion7(), first.ConnectionId, again.SignInId)));
        await using (var vault = house.Vault()) await vault.Work.ExecuteDeleteAsync();
        await house.LookAfterSignIns();
        await house.Work(DescribeWorker.WorkKind, second.ConnectionId);
        await house.CatchUpAll();
        await house.LookAfterSignIns();

        var told = (await house.Events(Connection.StreamOf(second.ConnectionId))).Where(
            e => e is SignInExpired or AccessRegained);
        told.Should().Equal(
            new SignInExpired(second.ConnectionId, "CK-XERO-AUTH-02"), new AccessRegained(second.ConnectionId));
        (await house.Events(Connection.StreamOf(first.ConnectionId))).Where(e => e is SignInExpired or AccessRegained)
            .Should().Equal(new SignInExpired(first.ConnectionId, "CK-XERO-AUTH-02"));
        (await house.Send(new ListConnections())).Items.Should().OnlyContain(item => item.Badge.Text == "Connected");
    }

    [Fact]
    public async Task A_sign_in_that_came_to_write_is_ended_and_told_once_for_that_reason()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        await using (var vault = house.Vault())
            await vault.XeroGrants.ExecuteUpdateAsync(
                set => set.SetProperty(g => g.Scopes, g => g.Scopes + " accounting.transactions"));

        await house.LookAfterSignIns();
        await house.CatchUpAll();
        await house.LookAfterSignIns();

        (await house.Events(Connection.StreamOf(connected.ConnectionId))).Where(e => e is SignInExpired)
            .Should().Equal(new SignInExpired(connected.ConnectionId, "CK-XERO-AUTH-06"));
        await using var after = house.Vault();
        (await after.XeroGrants.SingleAsync()).DiedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task An_organization_that_was_not_granted_can_not_be_claimed()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var granted = await house.Allow(sandbox.First);

        var claim = () => house.Send(
            new ConnectOrganization(Guid.CreateVersion7(), granted.SignInId, Guid.Parse(sandbox.Second)));

        await claim.Should().ThrowAsync<NotFoundException>();
        (await house.Events(Tenant.StreamOf(Guid.Parse(sandbox.Second)))).Should().BeEmpty();
    }

    [Fact]
    public async Task A_colleague_can_not_use_my_sign_in()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var granted = await house.Allow(sandbox.First);
        house.Who = house.Who with { MemberId = Guid.CreateVersion7() };

        var claim = () => house.Send(
            new ConnectOrganization(Guid.CreateVersion7(), granted.SignInId, Guid.Parse(sandbox.First)));

        await claim.Should().ThrowAsync<NotFoundException>();
    }

    [Fact]
    public async Task Another_workspace_is_told_that_it_is_taken_and_no_more()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        house.Who = house.Who with { MemberId = Guid.CreateVersion7(), WorkspaceId = Guid.CreateVersion7() };
        var granted = await house.Allow(sandbox.First);

        var choice = (await house.Send(new GetXeroSignIn(granted.SignInId))).Choices
            .Single(c => c.Organization.TenantId == Guid.Parse(sandbox.First));
        var claim = () => house.Send(
            new ConnectOrganization(Guid.CreateVersion7(), granted.SignInId, Guid.Parse(sandbox.First)));

        (choice.State, choice.ConnectionId).Should().Be((ChoiceState.ConnectedElsewhere, null));
        (await claim.Should().ThrowAsync<RefusedException>()).Which.Code.Should().Be("CK-CONN-03");
        var look = () => house.Send(new GetConnection(connected.ConnectionId));
        await look.Should().ThrowAsync<NotFoundException>();
    }

    [Fact]
    public async Task Who_granted_nothing_but_what_another_workspace_has_leaves_nothing_at_Xero()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        await house.Connect(sandbox.Second);
        house.Who = house.Who with { MemberId = Guid.CreateVersion7(), WorkspaceId = Guid.CreateVersion7() };
        house.Person = "Olive";
        var granted = await house.Allow(sandbox.Second);
        var claim = () => house.Send(
            new ConnectOrganization(Guid.CreateVersion7(), granted.SignInId, Guid.Parse(sandbox.Second)));

        (await claim.Should().ThrowAsync<RefusedException>()).Which.Code.Should().Be("CK-CONN-03");

        await using var vault = house.Vault();
        (await vault.XeroGrants.Select(g => g.XeroUserId).ToListAsync()).Should().NotContain(granted.XeroUserId);
        (await house.GrantedAtXero()).Should().Equal([Guid.Parse(sandbox.Second)], "the other person's stays");
    }

    [Fact]
    public async Task Reconnecting_needs_the_same_organization()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        var wrong = await house.Allow(sandbox.Second, connected.ConnectionId);

        var reconnect = () => house.Send(new Reconnect(Guid.CreateVersion7(), connected.ConnectionId, wrong.SignInId));

        (await reconnect.Should().ThrowAsync<RefusedException>()).Which.Message.Should().Contain(sandbox.SecondName);
        var right = await house.Allow(sandbox.First, connected.ConnectionId);
        await house.Send(new Reconnect(Guid.CreateVersion7(), connected.ConnectionId, right.SignInId));
        (await house.Events(Connection.StreamOf(connected.ConnectionId))).Select(e => e.GetType())
            .Should().Equal(typeof(OrganizationConnected), typeof(OrganizationReconnected));
    }

    [Fact]
    public async Task Signing_in_to_another_organization_to_reconnect_leaves_it_no_access_at_Xero()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        var wrong = await house.Allow(sandbox.Second, connected.ConnectionId);
        (await house.GrantedAtXero()).Should().HaveCount(2);

        var reconnect = () => house.Send(new Reconnect(Guid.CreateVersion7(), connected.ConnectionId, wrong.SignInId));

        await reconnect.Should().ThrowAsync<RefusedException>();
        (await house.GrantedAtXero()).Should().Equal(Guid.Parse(sandbox.First));
        (await house.Send(new TestConnection(Guid.CreateVersion7(), connected.ConnectionId))).Code.Should().BeNull();
        var choose = () => house.Send(
            new ConnectOrganization(Guid.CreateVersion7(), wrong.SignInId, Guid.Parse(sandbox.Second)));
        (await choose.Should().ThrowAsync<RefusedException>("its access is gone")).Which.Code.Should().Be("CK-XERO-SIGNIN-13");
    }

    [Fact]
    public async Task Another_organization_that_is_connected_too_keeps_its_access()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var first = await house.Connect(sandbox.First);
        var second = await house.Connect(sandbox.Second);
        var wrong = await house.Allow(sandbox.Second, first.ConnectionId);

        var reconnect = () => house.Send(new Reconnect(Guid.CreateVersion7(), first.ConnectionId, wrong.SignInId));

        await reconnect.Should().ThrowAsync<RefusedException>();
        (await house.GrantedAtXero()).Should().BeEquivalentTo([Guid.Parse(sandbox.First), Guid.Parse(sandbox.Second)]);
        (await house.Send(new TestConnection(Guid.CreateVersion7(), second.ConnectionId))).Code.Should().BeNull();
    }

    [Fact]
    public async Task An_organization_that_somebody_may_still_choose_keeps_its_access()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        var open = await house.Allow(sandbox.Second);
        var wrong = await house.Allow(sandbox.Second, connected.ConnectionId);

        var reconnect = () => house.Send(new Reconnect(Guid.CreateVersion7(), connected.ConnectionId, wrong.SignInId));

        await reconnect.Should().ThrowAsync<RefusedException>();
        (await house.Send(new ConnectOrganization(Guid.CreateVersion7(), open.SignInId, Guid.Parse(sandbox.Second))))
            .OrganizationName.Should().Be(sandbox.SecondName);
    }

    [Fact]
    public async Task What_Xero_could_not_be_told_at_once_is_ended_later()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        var wrong = await house.Allow(sandbox.Second, connected.ConnectionId);
        await sandbox.Process.Control.AddFault(
            new { vendor = "xero", pathPattern = "connections/", times = 1000, kind = "status", status = 503 });
        var reconnect = () => house.Send(new Reconnect(Guid.CreateVersion7(), connected.ConnectionId, wrong.SignInId));
        await reconnect.Should().ThrowAsync<RefusedException>();
        await sandbox.Process.Control.ClearFaults();
        (await house.GrantedAtXero()).Should().HaveCount(2);

        await house.LetPass(TimeSpan.FromHours(1));
        await house.LookAfterSignIns();

        (await house.GrantedAtXero()).Should().Equal(Guid.Parse(sandbox.First));
    }

    [Fact]
    public async Task A_sign_in_revoked_at_Xero_is_seen_by_a_test_and_mended_by_reconnecting()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.Second);
        await using (var vault = house.Vault())
        {
            var grant = await vault.XeroGrants.SingleAsync();
            await sandbox.Process.Control.Post($"_/xero/grants/{grant.XeroUserId}/revoke", new { });
            await sandbox.Process.Control.Post("_/xero/tokens/expire", new { });
        }

        var tested = await house.Send(new TestConnection(Guid.CreateVersion7(), connected.ConnectionId));
        await house.CatchUp(tested.Appended);

        tested.Code.Should().Be("CK-XERO-AUTH-02");
        (await house.Send(new GetConnection(connected.ConnectionId))).Badge.Text.Should().Be("Expired");
        var again = await house.Allow(sandbox.Second, connected.ConnectionId);
        await house.CatchUp(await house.Send(
            new Reconnect(Guid.CreateVersion7(), connected.ConnectionId, again.SignInId)));
        (await house.Send(new GetConnection(connected.ConnectionId))).Badge.Text.Should().Be("Connected");
    }

    [Fact]
    public async Task After_a_revocation_a_consent_for_one_organization_leaves_no_other_that_only_seems_connected()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var (first, second) = (await house.Connect(sandbox.First), await house.Connect(sandbox.Second));
        await using (var vault = house.Vault())
        {
            var grant = await vault.XeroGrants.SingleAsync();
            await sandbox.Process.Control.Post($"_/xero/grants/{grant.XeroUserId}/revoke", new { });
        }

        await using (var vault = house.Vault()) await vault.Work.ExecuteDeleteAsync();
        var again = await house.Allow(sandbox.First, first.ConnectionId);
        await house.CatchUp(await house.Send(new Reconnect(Guid.CreateVersion7(), first.ConnectionId, again.SignInId)));

        await house.Work(DescribeWorker.WorkKind, second.ConnectionId);
        await house.CatchUpAll();

        (await house.Send(new GetConnection(first.ConnectionId))).Badge.Text.Should().Be("Connected");
        var lost = await house.Send(new GetConnection(second.ConnectionId));
        lost.Badge.Text.Should().Be("No access");
        lost.Timeline[0].Code.Should().Be("CK-XERO-ACCESS-01");
        (await house.Signed(Connection.StreamOf(second.ConnectionId))).Actor.Should().Be(
            Actor.System, "it is not the doing of whoever signed in");
        var both = await house.Allow(sandbox.Second, second.ConnectionId);
        await house.CatchUp(await house.Send(new Reconnect(Guid.CreateVersion7(), second.ConnectionId, both.SignInId)));
        (await house.Send(new ListConnections())).Items.Select(item => item.Badge.Text).Should().OnlyContain(text => text == "Connected");
    }

    [Fact]
    public async Task Where_a_sign_in_lives_again_Xero_is_asked_before_an_organization_is_said_to_be_readable_again()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var (first, second) = (await house.Connect(sandbox.First), await house.Connect(sandbox.Second));
        await using (var vault = house.Vault())
        {
            var grant = await vault.XeroGrants.SingleAsync();
            await sandbox.Process.Control.Post($"_/xero/grants/{grant.XeroUserId}/revoke", new { });
            await vault.XeroGrants.ExecuteUpdateAsync(
                set => set.SetProperty(g => g.DiedAt, TimeProvider.System.GetUtcNow().UtcDateTime));
        }

        await house.LookAfterSignIns();
        await house.CatchUpAll();

        var again = await house.Allow(sandbox.First, first.ConnectionId);
        await house.CatchUp(await house.Send(new Reconnect(Guid.CreateVersion7(), first.ConnectionId, again.SignInId)));
        await using (var vault = house.Vault()) await vault.Work.ExecuteDeleteAsync();
        await house.LookAfterSignIns();
        await house.Work(DescribeWorker.WorkKind, second.ConnectionId);

        (await house.Events(Connection.StreamOf(second.ConnectionId))).Where(e => e is SignInExpired or AccessRegained or AccessLost)
            .Should().Equal(
                [new SignInExpired(second.ConnectionId, "CK-XERO-AUTH-02"), new AccessLost(second.ConnectionId, "CK-XERO-ACCESS-01")],
                "also where it was not asked after the consent");
    }

    [Fact]
    public async Task Also_where_the_limit_of_calls_of_a_day_is_used_up()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var (first, second) = (await house.Connect(sandbox.First), await house.Connect(sandbox.Second));
        await house.Work(DescribeWorker.WorkKind, second.ConnectionId);
        await sandbox.Process.Control.Post("_/xero/limits", new { on = true, day = 1 });
        try
        {
            await house.Send(new TestConnection(Guid.CreateVersion7(), second.ConnectionId));
        }
        finally
        {
            await sandbox.Process.Control.Post("_/xero/limits", new { on = false, day = 1000 });
        }

        await using (var vault = house.Vault())
        {
            var grant = await vault.XeroGrants.SingleAsync();
            await sandbox.Process.Control.Post($"_/xero/grants/{grant.XeroUserId}/revoke", new { });
        }

        var again = await house.Allow(sandbox.First, first.ConnectionId);
        await house.CatchUp(await house.Send(new Reconnect(Guid.CreateVersion7(), first.ConnectionId, again.SignInId)));
        await house.Work(DescribeWorker.WorkKind, second.ConnectionId);
        await house.CatchUpAll();

        (await house.Send(new GetConnection(first.ConnectionId))).Badge.Text.Should().Be("Connected");
        (await house.Send(new GetConnection(second.ConnectionId))).Badge.Text.Should().Be(
            "No access", "Xero's list of connections, which no organization's limit counts, does not name it");
    }

    [Fact]
    public async Task Denied_answered_twice_and_another_browser_connect_nothing()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);

        var denied = await house.SignIn(sandbox.First, answer: "cancel");
        var other = await house.SignIn(sandbox.First, browser: "another-browser");
        await house.SignIn(sandbox.First);
        var twice = await house.Send(new AnswerXeroSignIn(Guid.CreateVersion7(), house.LastAnswer!));

        new[] { denied, other, twice }.Cast<XeroSignInFailed>().Select(f => f.Problem.Code)
            .Should().Equal("CK-XERO-SIGNIN-06", "CK-XERO-SIGNIN-03", "CK-XERO-SIGNIN-04");
        (await house.Events(Tenant.StreamOf(Guid.Parse(sandbox.First)))).Should().BeEmpty();
    }
}
