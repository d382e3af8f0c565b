namespace CountingKit.Adapters.GoogleSheets;

/// <summary>
/// What a plan saw beside our rows. Google has no write that holds only while the tab is as it was read, so the look after
/// the write finds out whether people moved or typed values there in between.
/// </summary>
/// <param name="Height">So many rows were looked at, with the header.</param>
/// <param name="Rows">As <see cref="BesideLook"/> has them.</param>
/// <param name="Changed">The rows to which the write brings another record, or none.</param>
internal sealed record SeenBeside(int Height, IReadOnlyDictionary<int, int> Rows, IReadOnlySet<int> Changed)
{
    /// <summary>
    /// The rows beside which values may stand that belong to another record. New values are right where the record stayed,
    /// unless they are those of another row, which has them no more: then rows were sorted, inserted or deleted.
    /// </summary>
    public IReadOnlySet<int> Strayed(BesideLook now)
    {
        var gone = Rows.Where(row => !Has(now.Rows, row)).Select(row => row.Value).ToHashSet();
        return now.Rows
            .Where(row => !Has(Rows, row) && (Changed.Contains(row.Key) || gone.Contains(row.Value)))
            .Select(row => row.Key).ToHashSet();
    }

    private static bool Has(IReadOnlyDictionary<int, int> rows, KeyValuePair<int, int> row) =>
        rows.TryGetValue(row.Key, out var value) && value == row.Value;
}
