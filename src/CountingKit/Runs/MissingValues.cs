using System.Globalization;
using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Runs;

/// <summary>
/// What a person is told of what the rows lack: values that could not be read (which record, which field, what became of it) and
/// amounts in base currency without a rate, tracking categories that are gone.
/// </summary>
internal static class MissingValues
{
    public static IReadOnlyList<RunWarning> Of(SnapshotMade made) =>
    [
        .. Unreadable(made), .. made.Unrated is { } unrated ? new[] { Warning(unrated) } : [],
        .. (made.GoneTracking ?? []).Select(heading => new RunWarning(
            RunCodes.TrackingGone.Code,
            $"Xero no longer has the tracking category of the column {heading}. The column is blank for lines that are not tracked by it.")),
    ];

    private static List<RunWarning> Unreadable(SnapshotMade made)
    {
        if (made.Unreadable is not { } unreadable) return [];
        var dataset = DatasetCatalogue.Find(made.Snapshot.Dataset);
        var warnings = unreadable.First.Select(value => Warning(dataset, value)).ToList();
        if (unreadable.Count > unreadable.First.Count)
            warnings.Add(new(RunCodes.Unreadable.Code, string.Create(
                CultureInfo.InvariantCulture,
                $"And {unreadable.Count - unreadable.First.Count:N0} more values from Xero can't be read.")));
        return warnings;
    }

    private static RunWarning Warning(UnratedRecords unrated)
    {
        var more = unrated.Count - unrated.First.Count;
        var names = string.Join(", ", unrated.First) + (more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more:N0} more") : "");
        return new(RunCodes.Unrated.Code, string.Create(CultureInfo.InvariantCulture, $"{(unrated.Count == 1
            ? "1 record in a foreign currency has no exchange rate in Xero; its base amounts are"
            : $"{unrated.Count:N0} records in a foreign currency have no exchange rate in Xero; their base amounts are")} blank and not in your totals: {names}."));
    }

    private static RunWarning Warning(Dataset? dataset, UnreadableValue value)
    {
        var heading = dataset.HeadingOf(value.Column);
        var called = dataset?.NameOf(value.Record) ?? value.Record;
        var record = value.Name is { } name ? $"{name} ({called})" : called;
        if (dataset?.List?.Name == value.Column)
            return new(RunCodes.Unreadable.Code, $"{record} is left out: its {value.Column} in Xero can't be read.");
        return new(RunCodes.Unreadable.Code, value.IsLeftOut
            ? $"{record} is left out: its {heading} in Xero can't be read, and the exporter's filter asks for it."
            : $"{record}: its {heading} in Xero can't be read. The cell is blank.");
    }
}
