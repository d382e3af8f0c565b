using System.Globalization;

namespace CountingKit.Runs;

/// <summary>What a person is told of rows that a write took out of the tab, or would have taken.</summary>
internal static class RemovedRows
{
    /// <summary>A run stopped that would have left the tab without rows.</summary>
    /// <param name="held">Rows that the tab holds.</param>
    public static string WouldEmpty(long held) => string.Create(
        CultureInfo.InvariantCulture,
        $"Xero gave no rows for this exporter, and the tab holds {held:N0}. If no rows is right, choose Write anyway. If not, look at the organization in Xero, or change the exporter's filters.");

    /// <summary>The tab is empty now, on purpose.</summary>
    /// <param name="held">Rows that the tab held.</param>
    public static string Emptied(long held) => string.Create(
        CultureInfo.InvariantCulture,
        $"The tab held {held:N0} rows. They are gone, because a person chose Write anyway.");

    /// <summary>Over 30 % of the rows went; null = fewer did.</summary>
    public static RunWarning? Many(RunStarted started, Difference difference)
    {
        var before = difference.Removed + difference.Changed + difference.Unchanged;
        if (difference.Removed * 10 <= before * 3) return null;
        return new(RunCodes.ManyRemoved.Code, string.Create(
            CultureInfo.InvariantCulture,
            $"{difference.Removed:N0} of {before:N0} rows were removed from the tab. {Cause(started)}"));
    }

    private static string Cause(RunStarted started) => started switch
    {
        { ReplayOf: not null } =>
            "The rows of the earlier run do not include them. The next run of the exporter writes today's rows again.",
        { Last: { } last } when last.ConfigurationVersion != started.ConfigurationVersion =>
            "The exporter was changed since the tab was last written. If these rows should be there, change its filters and run it again.",
        _ =>
            "They are no longer in Xero, or no longer fit the exporter's filters. If that is not right, look at the organization in Xero.",
    };
}
