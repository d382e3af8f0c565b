using CountingKit.EventSourcing;
using CountingKit.Testing.EventSourcing;
using Xunit.Sdk;

namespace CountingKit.Tests.EventSourcing;

/// <summary>The test language itself: it must be able to fail.</summary>
public sealed class GivenStories
{
    private static readonly Decider<int> Door = new(0, (opened, _) => opened + 1);

    [Fact]
    public void The_state_that_is_decided_on_is_what_the_given_events_add_up_to() =>
        Given.Events(Door, new Opened("front"), new Opened("back"))
            .When(state => [new Opened($"door {state}")])
            .Then(new Opened("door 2"));

    [Fact]
    public void Deciding_twice_sees_the_first_decision() =>
        Given.Nothing(Door)
            .When(Once).Then(new Opened("front"))
            .When(Once).ThenNothing();

    [Fact]
    public void A_refusal_is_told_by_its_code() =>
        Given.Nothing(Door).When(Locked).ThenRefused("CK-DOOR-01");

    [Fact]
    public void The_state_afterwards_can_be_told() =>
        Given.Events(Door, new Opened("front")).When(_ => [new Opened("back")]).ThenState(2);

    [Fact]
    public void Other_events_fewer_events_and_other_kinds_of_event_fail()
    {
        Fails(() => Given.Nothing(Door).When(Once).Then(new Opened("back")));
        Fails(() => Given.Nothing(Door).When(Once).ThenNothing());
        Fails(() => Given.Nothing(Door).When(Once).Then(new Closed("front")));
        Fails(() => Given.Nothing(Door).When(_ => []).Then(new Opened("front")));
        Fails(() => Given.Nothing(Door).When(Twice).Then(new Opened("b"), new Opened("a")));
    }

    [Fact]
    public void A_refusal_where_none_is_told_and_none_where_one_is_told_fail()
    {
        Fails(() => Given.Nothing(Door).When(Locked).ThenNothing());
        Fails(() => Given.Nothing(Door).When(Locked).ThenRefused("CK-DOOR-02"));
        Fails(() => Given.Nothing(Door).When(Once).ThenRefused("CK-DOOR-01"));
    }

    private static IReadOnlyList<IEvent> Once(int opened) => opened == 0 ? [new Opened("front")] : [];

    private static IReadOnlyList<IEvent> Twice(int opened) => [new Opened("a"), new Opened("b")];

    private static IReadOnlyList<IEvent> Locked(int opened) =>
        throw new RefusedException("CK-DOOR-01", "It is locked.");

    private static void Fails(Action story) => story.Should().Throw<XunitException>();

    private sealed record Opened(string Name) : IEvent;

    private sealed record Closed(string Name) : IEvent;
}
