using System.Globalization;
using CountingKit.Mirror;

namespace CountingKit.Runs;

/// <summary>What a person is told of rows that a write took out of the tab, or would have taken.</summary>
internal static class RemovedRows
{
    /// <summary>
    /// What the tab holds that a run would empty although nobody has changed which rows the exporter has; null = it would
    /// not, or nobody need look.
    /// </summary>
    /// <param name="snapshot">What the run would write.</param>
    /// <param name="periods">Of a report: those that it is of; null = it is a list, or a replay.</param>
    public static LastWrite? All(RunStarted started, Snapshot snapshot, IReadOnlyList<string>? periods = null) =>
        started is { ReplayOf: null, Last: { } last } && !started.GoesToANewTab() && !MovedOn(last, periods)
        && last.SpreadsheetId == started.SpreadsheetId && started.SelectsAsBefore()
        && snapshot.Rows == 0 && last.Snapshot.Rows >= RunCodes.EmptyingGuard
            ? last
            : null;

    /// <summary>A run stopped that would have left the tab without rows.</summary>
    /// <param name="held">Rows that the tab holds.</param>
    public static string WouldEmpty(long held) =>
        string.Create(CultureInfo.InvariantCulture, $"This exporter has no rows now, and the tab holds {held:N0}. ")
        + "If that is correct, choose Write anyway. If not, check the records in Xero or the exporter's filters.";

    /// <summary>The tab is empty now, on purpose.</summary>
    /// <param name="held">Rows that the tab held.</param>
    public static string Emptied(long held) => string.Create(
        CultureInfo.InvariantCulture,
        $"The tab held {held:N0} rows. They are gone, because a person chose Write anyway.");

    /// <summary>Over 30 % of the tab's rows went; null = fewer did, or they stand in another tab still.</summary>
    /// <param name="sheetId">Of the tab that was written.</param>
    /// <param name="periods">Of a report: those that the run is of; null = it is a list, or a replay.</param>
    public static RunWarning? Many(
        RunStarted started, int sheetId, Difference difference, IReadOnlyList<string>? periods = null)
    {
        var before = difference.Removed + difference.Changed + difference.Unchanged;
        if (started.Last is { } last && MovedOn(last, periods)) return null;
        if (!started.Replaces(sheetId) || difference.Removed * 10 <= before * 3) return null;
        return new(
            RunCodes.ManyRemoved.Code, $"{Count(difference.Removed, before)} removed from the tab. {Cause(started)}");
    }

    /// <summary>A new month has begun, or another one was chosen: the rows of the one before go as they should.</summary>
    private static bool MovedOn(LastWrite last, IReadOnlyList<string>? periods) =>
        periods is not null && (last.Periods is null || !last.Periods.SequenceEqual(periods));

    private static string Count(long removed, long before) => (removed, before) switch
    {
        (1, 1) => "The only row was",
        (1, _) => string.Create(CultureInfo.InvariantCulture, $"1 of {before:N0} rows was"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{removed:N0} of {before:N0} rows were"),
    };

    private static string Cause(RunStarted started) => started switch
    {
        { ReplayOf: not null } =>
            "The tab now holds what the earlier run had. "
            + "The next run of the exporter writes today's rows again, if there are any.",
        { Last: { ReplayedAt: not null, Selection: not null } } when !started.SelectsAsBefore() =>
            "The tab held the rows of an earlier run, from a replay. The exporter was changed too. "
            + "If something is missing, change its filters and run it again.",
        { Last.ReplayedAt: not null } =>
            "The tab held the rows of an earlier run, from a replay. It is up to date again.",
        { Last: not null } when !started.SelectsAsBefore() =>
            "The exporter was changed since the tab was last written. "
            + "If something is missing, change its filters and run it again.",
        _ =>
            "What was removed is no longer in Xero, or no longer fits the exporter's filters. "
            + "If that is not right, check the records in Xero.",
    };
}
