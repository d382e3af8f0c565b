namespace CountingKit.Adapters.Xero;

/// <summary>
/// When Xero answered, by its own clock. The next reading of changes asks for what came since, so the moment must never lie
/// ahead: a moment too early costs some records read twice, one too late misses changes.
/// </summary>
internal static class XeroClock
{
    /// <summary>Xero did not exist before.</summary>
    private static readonly DateTimeOffset Earliest = new(2006, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan WorstSkew = TimeSpan.FromDays(1);

    /// <param name="envelope"><c>DateTimeUTC</c> of the answer; null = none that can be read.</param>
    /// <param name="header">The HTTP <c>Date</c>; null = none.</param>
    /// <returns>The first of them that is no nonsense, and never later than our own clock.</returns>
    public static DateTimeOffset Of(DateTimeOffset? envelope, DateTimeOffset? header, DateTimeOffset ours)
    {
        var told = IsPlausible(envelope) ? envelope!.Value : IsPlausible(header) ? header!.Value : ours;
        return told < ours ? told : ours;

        bool IsPlausible(DateTimeOffset? clock) => clock >= Earliest && clock <= ours + WorstSkew;
    }
}
