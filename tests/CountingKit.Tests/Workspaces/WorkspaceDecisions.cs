using CountingKit.Messaging;
using CountingKit.Testing.EventSourcing;
using CountingKit.Workspaces;

namespace CountingKit.Tests.Workspaces;

public sealed class WorkspaceDecisions
{
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly Guid Owner = Guid.CreateVersion7();
    private static readonly Guid Other = Guid.CreateVersion7();
    private static readonly WorkspaceCreated Created = new(Id, "Acme");
    private static readonly MemberAdded OwnerAdded = new(Id, Owner, Role.Owner, null);

    [Fact]
    public void A_workspace_comes_with_its_owner_who_sees_everything() =>
        Given.Nothing(Workspace.Decider)
            .When(state => Workspace.Create(state, Id, "Acme", Owner))
            .Then(Created, OwnerAdded);

    [Fact]
    public void Creating_it_twice_is_creating_it_once() =>
        Given.Events(Workspace.Decider, Created, OwnerAdded)
            .When(state => Workspace.Create(state, Id, "Acme", Owner))
            .ThenNothing();

    [Fact]
    public void A_workspace_of_somebody_else_is_not_taken_over() =>
        Given.Events(Workspace.Decider, Created, OwnerAdded)
            .When(state => Workspace.Create(state, Id, "Acme", Other))
            .ThenRefused("CK-WORK-01");

    [Fact]
    public void A_member_may_see_chosen_organizations_only()
    {
        Guid[] chosen = [Guid.CreateVersion7()];

        Given.Events(Workspace.Decider, Created, OwnerAdded)
            .When(state => Workspace.AddMember(state, Id, Other, Role.Viewer, chosen))
            .Then(new MemberAdded(Id, Other, Role.Viewer, chosen));
    }

    [Fact]
    public void Nobody_is_added_to_a_workspace_that_is_not_there() =>
        Given.Nothing(Workspace.Decider)
            .When(state => Workspace.AddMember(state, Id, Other, Role.Viewer, null))
            .ThenRefused("CK-WORK-02");

    [Fact]
    public void The_last_owner_stays_owner() =>
        Given.Events(Workspace.Decider, Created, OwnerAdded)
            .When(state => Workspace.AddMember(state, Id, Owner, Role.Viewer, null))
            .ThenRefused("CK-WORK-03");

    [Fact]
    public void The_last_owner_is_not_removed() =>
        Given.Events(Workspace.Decider, Created, OwnerAdded)
            .When(state => Workspace.RemoveMember(state, Id, Owner))
            .ThenRefused("CK-WORK-03");

    [Fact]
    public void An_owner_goes_when_there_is_another() =>
        Given.Events(Workspace.Decider, Created, OwnerAdded, new MemberAdded(Id, Other, Role.Owner, null))
            .When(state => Workspace.RemoveMember(state, Id, Owner))
            .Then(new MemberRemoved(Id, Owner));

    [Fact]
    public void Removing_who_is_no_member_changes_nothing() =>
        Given.Events(Workspace.Decider, Created, OwnerAdded)
            .When(state => Workspace.RemoveMember(state, Id, Other))
            .ThenNothing();
}
