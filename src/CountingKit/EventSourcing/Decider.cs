namespace CountingKit.EventSourcing;

/// <summary>How an aggregate's state follows from its events.</summary>
public sealed record Decider<TState>(TState Initial, Func<TState, IEvent, TState> Evolve)
{
    /// <summary>
    /// Which events carry the whole state, whatever came before them: the stream is read backwards to the last one, so that
    /// its age costs nothing. Null = none does; the stream is read from its start, and must not grow with every run.
    /// </summary>
    public Func<IEvent, bool>? IsWhole { get; init; }
}

/// <summary>A rule said no. Nothing happened. The code is in the registry.</summary>
/// <param name="message">For an accountant: what, and what to do.</param>
public class RefusedException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>In the registry's own words.</summary>
    public RefusedException(ErrorCode code) : this(code, $"{code.Title}. {code.Advice}")
    {
    }

    public RefusedException(ErrorCode code, string message, Exception? inner = null) : this(code.Code, message, inner)
    {
    }

    public string Code { get; } = code;
}
