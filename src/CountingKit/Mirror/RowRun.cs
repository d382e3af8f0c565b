namespace CountingKit.Mirror;

/// <summary>Rows that are the same in two snapshots, one after the other in both.</summary>
/// <param name="Before">The place of the first of them in the earlier snapshot, from 0.</param>
/// <param name="After">Its place in the later one.</param>
public readonly record struct RowRun(long Before, long After, long Count)
{
    /// <summary>How far down they come; negative = up.</summary>
    public long Shift => After - Before;

    /// <summary>
    /// Those that keep their order, as many rows as can: what moved past others is left out. Takes time with the square of the runs.
    /// </summary>
    /// <param name="runs">In the order of the later snapshot.</param>
    public static IReadOnlyList<RowRun> Rising(IReadOnlyList<RowRun> runs)
    {
        // Of each run: the most rows of a chain that ends with it, and the run before it there.
        var (rows, previous) = (new long[runs.Count], new int[runs.Count]);
        var last = -1;
        for (var i = 0; i < runs.Count; i++)
        {
            (rows[i], previous[i]) = (runs[i].Count, -1);
            for (var j = 0; j < i; j++)
                if (runs[j].Before < runs[i].Before && rows[j] + runs[i].Count > rows[i])
                    (rows[i], previous[i]) = (rows[j] + runs[i].Count, j);
            if (last < 0 || rows[i] > rows[last]) last = i;
        }

        List<RowRun> rising = [];
        for (; last >= 0; last = previous[last]) rising.Add(runs[last]);
        rising.Reverse();
        return rising;
    }
}
