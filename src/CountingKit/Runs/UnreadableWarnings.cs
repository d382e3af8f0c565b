using System.Globalization;
using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Runs;

/// <summary>What a person is told of values that could not be read: which record, which field, what became of it.</summary>
internal static class UnreadableWarnings
{
    public static IReadOnlyList<RunWarning> Of(SnapshotMade made)
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

    private static RunWarning Warning(Dataset? dataset, UnreadableValue value)
    {
        var heading = dataset?.Columns.FirstOrDefault(column => column.Key == value.Column)?.Heading ?? value.Column;
        var called = dataset?.NameOf(value.Record) ?? value.Record;
        var record = value.Name is { } name ? $"{name} ({called})" : called;
        if (dataset?.List?.Name == value.Column)
            return new(RunCodes.Unreadable.Code, $"{record} is left out: its {value.Column} in Xero can't be read.");
        return new(RunCodes.Unreadable.Code, value.IsLeftOut
            ? $"{record} is left out: its {heading} in Xero can't be read, and the exporter's filter asks for it."
            : $"{record}: its {heading} in Xero can't be read. The cell is blank.");
    }
}
