using CountingKit.EventSourcing;

namespace CountingKit.Adapters.Xero;

/// <summary>How long Xero is waited for.</summary>
/// <param name="Attempt">One call, from its sending to the last byte of its answer.</param>
/// <param name="SignInAttempt">One call to the identity host, which holds a lease meanwhile.</param>
/// <param name="FirstWait">Before the second try, at most; each further wait is twice as long.</param>
/// <param name="Tries">Of one call that got no answer, or 5xx.</param>
internal sealed record XeroPatience(TimeSpan Attempt, TimeSpan SignInAttempt, TimeSpan FirstWait, int Tries)
{
    public static XeroPatience Usual { get; } =
        new(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3), 5);

    /// <summary>
    /// One call while a person waits for a page, and how often it is tried: they are told before a proxy in between gives up. The
    /// wait for a turn is not counted.
    /// </summary>
    public TimeSpan PersonsAttempt { get; init; } = TimeSpan.FromSeconds(10);

    public int PersonsTries { get; init; } = 2;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <param name="failures">From 1.</param>
    public TimeSpan WaitAfter(int failures) => BackOff.Of(failures - 1, FirstWait, LongestWait);
}
