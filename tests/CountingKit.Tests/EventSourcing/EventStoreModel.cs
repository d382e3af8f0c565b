using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

/// <summary>The store's rules over a list in memory, without any care for speed.</summary>
internal sealed class EventStoreModel
{
    private readonly List<(string Stream, Guid Id)> log = [];

    public IReadOnlyList<(string Stream, Guid Id)> Log => log;

    public ModelOutcome Append(string stream, ExpectedRevision expected, List<Guid> ids)
    {
        var places = Enumerable.Range(0, log.Count).Where(place => log[place].Stream == stream).ToList();
        ulong? actual = places.Count == 0 ? null : (ulong)places.Count - 1;
        var conflict = new ModelOutcome(null, IsConflict: true, actual);

        // Where a repeat would stand: behind the expected revision, or wherever its first id does, the latest first.
        var exact = expected.Match<long?>(() => null, () => 0, () => null, at => (long)at + 1);
        if (exact is null || !expected.IsMetBy(actual))
        {
            long[] beginnings = exact is { } only ? [only] : Beginnings();
            foreach (var begin in beginnings)
            {
                var there = places.Skip((int)begin).Take(ids.Count).ToList();
                if (there.Select(place => log[place].Id).SequenceEqual(ids))
                    return Answer(there[^1], (ulong)begin + (ulong)ids.Count - 1);
            }

            if (beginnings.Length > 0) return conflict;
        }

        if (!expected.IsMetBy(actual)) return conflict;
        log.AddRange(ids.Select(id => (stream, id)));
        return Answer(log.Count - 1, (ulong)(places.Count + ids.Count - 1));

        long[] Beginnings() =>
            [.. Enumerable.Range(0, places.Count).Reverse().Where(i => log[places[i]].Id == ids[0]).Select(i => (long)i)];
    }

    /// <summary>Whether some order of the steps, one after the other, has these outcomes and this log.</summary>
    public static bool Explains(List<(Step Step, ModelOutcome Outcome)> steps, List<(string, Guid)> expected) =>
        Explains(new EventStoreModel(), steps, expected);

    private static bool Explains(
        EventStoreModel before, List<(Step Step, ModelOutcome Outcome)> left, List<(string, Guid)> expected)
    {
        if (left.Count == 0) return before.log.SequenceEqual(expected);
        foreach (var candidate in left)
        {
            var after = new EventStoreModel();
            after.log.AddRange(before.log);
            var outcome = after.Append(candidate.Step.Stream, candidate.Step.Expected, candidate.Step.Ids);
            if (outcome != candidate.Outcome || !expected.Take(after.log.Count).SequenceEqual(after.log)) continue;

            List<(Step, ModelOutcome)> rest = [.. left];
            rest.Remove(candidate);
            // What wrote nothing leaves all as it was: taken as soon as it fits, it closes no other order.
            if (after.log.Count == before.log.Count) return Explains(before, rest, expected);
            if (Explains(after, rest, expected)) return true;
        }

        return false;
    }

    private static ModelOutcome Answer(int place, ulong revision)
    {
        var position = (ulong)place + 1;
        return new(new Appended(revision, new Position(position, position)), IsConflict: false, null);
    }
}
