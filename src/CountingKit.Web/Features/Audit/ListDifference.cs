namespace CountingKit.Web.Features.Audit;

/// <summary>
/// What made one list of another: what came, what went, and the fewest moves that give what stayed its new order. What is in a
/// list twice is there twice.
/// </summary>
/// <param name="Added">Their places in the new list, in its order.</param>
/// <param name="Removed">Their places in the old list, in its order.</param>
/// <param name="Stayed">Their places in both, in the new order.</param>
/// <param name="Moved">Places in the new list, in its order; a subset of what stayed.</param>
internal sealed record ListDifference(
    IReadOnlyList<int> Added, IReadOnlyList<int> Removed, IReadOnlyList<(int Before, int After)> Stayed, IReadOnlyList<int> Moved)
{
    public static ListDifference Of(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var (then, now) = (Numbered(before), Numbered(after));
        var places = then.Select((item, place) => (item, place)).ToDictionary(i => i.item, i => i.place);
        var staying = now.ToHashSet();
        var stayed = now.Select((item, place) => (Before: places.GetValueOrDefault(item, -1), After: place))
            .Where(place => place.Before >= 0).ToList();
        var unmoved = LongestRise([.. stayed.Select(place => place.Before)]);

        return new(
            [.. Enumerable.Range(0, now.Count).Where(place => !places.ContainsKey(now[place]))],
            [.. Enumerable.Range(0, then.Count).Where(place => !staying.Contains(then[place]))],
            stayed,
            [.. stayed.Where((_, i) => !unmoved.Contains(i)).Select(place => place.After)]);
    }

    /// <summary>Each item, and the how manieth of its kind it is.</summary>
    private static List<(string Item, int Number)> Numbered(IReadOnlyList<string> items)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. items.Select(item => (item, counts[item] = counts.GetValueOrDefault(item) + 1))];
    }

    /// <summary>The longest common subsequence of two orders of the same things is the longest rise of the places in the one.</summary>
    /// <returns>Where its members stand.</returns>
    private static HashSet<int> LongestRise(IReadOnlyList<int> places)
    {
        // The member that ends the best rise of each length so far, and what stands before each member.
        var (ends, previous) = (new List<int>(), new int[places.Count]);
        for (var i = 0; i < places.Count; i++)
        {
            var (low, high) = (0, ends.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (places[ends[middle]] < places[i]) low = middle + 1;
                else high = middle;
            }

            previous[i] = low > 0 ? ends[low - 1] : -1;
            if (low == ends.Count) ends.Add(i);
            else ends[low] = i;
        }

        var rise = new HashSet<int>();
        for (var i = ends.Count > 0 ? ends[^1] : -1; i >= 0; i = previous[i]) rise.Add(i);
        return rise;
    }
}
