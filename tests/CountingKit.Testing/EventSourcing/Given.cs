using CountingKit.EventSourcing;
using CountingKit.Messaging;
using FluentAssertions;

namespace CountingKit.Testing.EventSourcing;

/// <summary>Decisions told as stories: given what happened, when this is decided, then exactly that happens.</summary>
public static class Given
{
    public static Given<TState> Nothing<TState>(Decider<TState> decider) => new(decider, []);

    public static Given<TState> Events<TState>(Decider<TState> decider, params IReadOnlyList<IEvent> events) =>
        new(decider, events);
}

public sealed class Given<TState>(Decider<TState> decider, IReadOnlyList<IEvent> events)
{
    /// <summary>Decides once. A refusal is an outcome; any other exception fails the test.</summary>
    public Decided<TState> When(Func<TState, IReadOnlyList<IEvent>> decide)
    {
        var state = events.Aggregate(decider.Initial, decider.Evolve);
        try
        {
            return new(decider, events, decide(state), null);
        }
        catch (Exception refusal) when (refusal is RefusedException or NotFoundException)
        {
            return new(decider, events, [], refusal);
        }
    }
}

/// <summary>What a decision came to.</summary>
public sealed class Decided<TState>(
    Decider<TState> decider, IReadOnlyList<IEvent> before, IReadOnlyList<IEvent> decided, Exception? refusal)
{
    /// <summary>Exactly these events, in this order, compared member by member. Then decide again.</summary>
    public Given<TState> Then(params IReadOnlyList<IEvent> expected)
    {
        refusal.Should().BeNull("nothing should be refused");
        decided.Select(@event => @event.GetType()).Should().Equal(expected.Select(@event => @event.GetType()));
        decided.Should().BeEquivalentTo(expected, options => options.RespectingRuntimeTypes().WithStrictOrdering());
        return new(decider, [.. before, .. decided]);
    }

    /// <summary>Neither an event nor a refusal: there is nothing to do.</summary>
    public Given<TState> ThenNothing() => Then();

    public void ThenRefused(string code)
    {
        refusal.Should().NotBeNull("the decision should be refused, and gave {0} events", decided.Count);
        refusal.Should().BeOfType<RefusedException>().Which.Code.Should().Be(code);
    }

    /// <param name="version">What it is now.</param>
    public void ThenChangedMeanwhile(string code, int version)
    {
        var changed = refusal.Should().BeOfType<ChangedMeanwhileException>().Subject;
        (changed.Code, changed.Version).Should().Be((code, version));
    }

    public void ThenNotFound() => refusal.Should().BeOfType<NotFoundException>();

    /// <summary>The state that the stream is in after the decision.</summary>
    public Given<TState> ThenState(TState expected)
    {
        refusal.Should().BeNull("nothing should be refused");
        IReadOnlyList<IEvent> after = [.. before, .. decided];
        after.Aggregate(decider.Initial, decider.Evolve).Should().Be(expected);
        return new(decider, after);
    }
}
