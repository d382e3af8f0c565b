using CountingKit.Connections;
using CountingKit.Testing.EventSourcing;

namespace CountingKit.Tests.Connections;

public sealed class TenantDecisions
{
    private static readonly Guid Rival = Guid.Parse("22222222-0000-4000-8000-00000000000f");
    private static readonly Guid OtherWorkspace = Guid.Parse("33333333-0000-4000-8000-00000000000f");

    [Fact]
    public void A_free_organization_is_claimed_once() =>
        Given.Nothing(Tenant.Decider)
            .When(state => Tenant.Connect(state, Acme.Claimed))
            .Then(Acme.Claimed)
            .When(state => Tenant.Connect(state, Acme.Claimed))
            .ThenNothing();

    [Fact]
    public void A_second_connection_in_the_same_workspace_is_refused() =>
        Given.Events(Tenant.Decider, Acme.Claimed)
            .When(state => Tenant.Connect(state, Acme.Claimed with { ConnectionId = Rival }))
            .ThenRefused("CK-CONN-02");

    [Fact]
    public void An_organization_of_another_workspace_is_refused() =>
        Given.Events(Tenant.Decider, Acme.Claimed)
            .When(state => Tenant.Connect(state, Theirs))
            .ThenRefused("CK-CONN-03");

    [Fact]
    public void The_refusal_tells_nothing_of_the_other_workspace()
    {
        var state = Tenant.Evolve(
            Tenant.Decider.Initial, Acme.Claimed with { OrganizationName = "Their own name of it" });

        var refused = FluentActions.Invoking(() => Tenant.Connect(state, Theirs)).Should()
            .Throw<CountingKit.EventSourcing.RefusedException>().Which;

        refused.Message.Should().StartWith("Acme, as we see it is connected in another workspace")
            .And.NotContain("Their own name of it")
            .And.NotContain(Acme.Workspace.ToString("N")[..8]);
    }

    [Fact]
    public void A_released_organization_may_be_connected_elsewhere() =>
        Given.Events(Tenant.Decider, Acme.Claimed, Acme.Released)
            .When(state => Tenant.Connect(state, Theirs))
            .Then(Theirs);

    [Fact]
    public void It_is_released_once() =>
        Given.Events(Tenant.Decider, Acme.Claimed)
            .When(state => Tenant.Release(state, Acme.Released))
            .Then(Acme.Released)
            .When(state => Tenant.Release(state, Acme.Released))
            .ThenNothing();

    [Fact]
    public void A_late_release_does_not_touch_the_next_connection() =>
        Given.Events(Tenant.Decider, Acme.Claimed, Acme.Released, Theirs)
            .When(state => Tenant.Release(state, Acme.Released))
            .ThenNothing();

    private static OrganizationClaimed Theirs => Acme.Claimed with
    {
        ConnectionId = Rival,
        WorkspaceId = OtherWorkspace,
        OrganizationName = "Acme, as we see it",
    };
}
