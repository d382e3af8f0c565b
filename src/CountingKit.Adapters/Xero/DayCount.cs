using CountingKit.Connections;
using CountingKit.Mirror;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// The calls left today for one organization. Xero's days begin at times of its own that only <c>Retry-After</c> tells,
/// so a count that has sunk to the reserve is asked after once an hour. Kept as JSON; changed by one at a time.
/// </summary>
internal sealed class DayCount
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Calls since Xero last said what is left.</summary>
    public int Spent { get; set; }

    /// <summary>When the first of them began, UTC; null = there is none.</summary>
    public DateTimeOffset? Since { get; set; }

    /// <summary>What Xero last said is left; null = nothing yet.</summary>
    public int? Told { get; set; }

    /// <summary>UTC; null = Xero never told.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    public int? MostTold { get; set; }

    public DateTimeOffset? XeroRefusesUntil { get; set; }

    public DateTimeOffset? WeWaitUntil { get; set; }

    /// <param name="dayLimit">
    /// Of 24 hours. A twentieth is kept for what a person waits for; less where Xero never told that so much was left.
    /// </param>
    /// <exception cref="SourceException"><see cref="SourceProblem.DayLimit"/>, with when to go on.</exception>
    public void Check(DateTimeOffset now, bool urgent, int dayLimit)
    {
        if (XeroRefusesUntil is { } refused)
        {
            if (now < refused) throw Limit(refused);
            Forget();
        }

        if ((ToldAt ?? Since) is { } known && now >= known + Day) Forget();
        var reserve = Math.Min(dayLimit, MostTold ?? dayLimit) / 20;
        if (WeWaitUntil is { } until && now >= until)
            (WeWaitUntil, Spent) = (null, Math.Min(Spent, (Told ?? dayLimit) - reserve - 1));
        if ((Told ?? dayLimit) - Spent > (urgent ? 0 : reserve)) return;
        WeWaitUntil ??= now + AskAgain;
        throw Limit(WeWaitUntil.Value);
    }

    public void Count(DateTimeOffset now)
    {
        Spent++;
        Since ??= now;
    }

    /// <param name="others">Calls in flight that Xero may not have counted yet.</param>
    public void Learn(int left, int others, DateTimeOffset now)
    {
        (Told, ToldAt, Spent, Since) = (left, now, others, others > 0 ? now : null);
        MostTold = Math.Max(MostTold ?? 0, left);
        if (left - others > MostTold / 20) WeWaitUntil = null;
    }

    public void Refused(DateTimeOffset now, TimeSpan wait) =>
        (Told, ToldAt, Spent, XeroRefusesUntil) = (0, now, 0, now + wait);

    /// <summary>A new day: nothing is known of it.</summary>
    private void Forget() => (Told, ToldAt, Spent, Since, XeroRefusesUntil, WeWaitUntil) = (null, null, 0, null, null, null);

    private static SourceException Limit(DateTimeOffset retryAt) =>
        Refusals.Because(SourceProblem.DayLimit, XeroCodes.DayLimit, retryAt: retryAt);
}
