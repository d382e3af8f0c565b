namespace CountingKit.EventSourcing;

/// <summary>How an aggregate's state follows from its events.</summary>
public sealed record Decider<TState>(TState Initial, Func<TState, IEvent, TState> Evolve);

/// <summary>A rule said no. Nothing happened. The code is in the registry.</summary>
/// <param name="message">For an accountant: what, and what to do.</param>
public sealed class RefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
