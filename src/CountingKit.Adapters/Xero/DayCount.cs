using CountingKit.Connections;
using CountingKit.Runs;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// The calls left today for one organization. Xero's days begin at times of its own that only <c>Retry-After</c> tells,
/// so a count that has sunk to the reserve is asked after once an hour. Not thread-safe.
/// </summary>
/// <param name="limit">
/// Of 24 hours. A twentieth is kept for what a person waits for; less where Xero never told that so much was left.
/// </param>
internal sealed class DayCount(int limit)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);
    private readonly int dayLimit = limit;
    private int remaining = limit;
    private int? mostTold;
    private DateTimeOffset? xeroRefusesUntil;
    private DateTimeOffset? weWaitUntil;

    /// <summary>What Xero last said; null = nothing yet.</summary>
    public int? Told { get; private set; }

    private int Reserve => Math.Min(dayLimit, mostTold ?? dayLimit) / 20;

    /// <exception cref="SourceException"><see cref="SourceProblem.DayLimit"/>, with when to go on.</exception>
    public void Check(DateTimeOffset now, bool urgent)
    {
        if (xeroRefusesUntil is { } refused)
        {
            if (now < refused) throw Limit(refused);
            (xeroRefusesUntil, weWaitUntil, remaining) = (null, null, dayLimit);
        }

        if (weWaitUntil is { } until && now >= until)
            (weWaitUntil, remaining) = (null, Math.Max(remaining, Reserve + 1));
        if (remaining > (urgent ? 0 : Reserve)) return;
        weWaitUntil ??= now + AskAgain;
        throw Limit(weWaitUntil.Value);
    }

    public void Count() => remaining--;

    /// <param name="others">Calls in flight that Xero may not have counted yet.</param>
    public void Learn(int left, int others)
    {
        Told = left;
        mostTold = Math.Max(mostTold ?? 0, left);
        remaining = left - others;
        if (remaining > Reserve) weWaitUntil = null;
    }

    public void Refused(DateTimeOffset now, TimeSpan? retryAfter)
    {
        Told = remaining = 0;
        xeroRefusesUntil = now + (retryAfter ?? AskAgain);
    }

    private static SourceException Limit(DateTimeOffset retryAt) =>
        Refusals.Because(SourceProblem.DayLimit, XeroCodes.DayLimit, retryAt: retryAt);
}
