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

        // Where a repeat would have begun: after the expected revision, or, without one, wherever its first id stands,
        // the latest first.
        var hasOwnPlace = expected.Match(() => false, () => true, () => false, _ => true);
        var beginnings = expected.Match(
            () => Beginnings(), () => [0], () => Beginnings(), at => at < int.MaxValue ? [(int)at + 1] : Array.Empty<int>());
        if (!hasOwnPlace || !expected.IsMetBy(actual))
        {
            foreach (var begin in beginnings)
                if (begin + ids.Count <= places.Count && ids.SequenceEqual(places.Skip(begin).Take(ids.Count).Select(p => log[p].Id)))
                    return Answer(places[begin + ids.Count - 1], (ulong)(begin + ids.Count - 1));
            if (hasOwnPlace || beginnings.Length > 0) return conflict;
        }

        if (!expected.IsMetBy(actual)) return conflict;
        log.AddRange(ids.Select(id => (stream, id)));
        return Answer(log.Count - 1, (ulong)(places.Count + ids.Count - 1));

        int[] Beginnings() => [.. Enumerable.Range(0, places.Count).Reverse().Where(i => log[places[i]].Id == ids[0])];
    }

    /// <summary>Whether some order of the steps has these outcomes and this log.</summary>
    public static bool Explains(List<(Step Step, ModelOutcome Outcome)> pending, List<(string, Guid)> expected)
    {
        return Search(new EventStoreModel(), pending);

        bool Search(EventStoreModel model, List<(Step Step, ModelOutcome Outcome)> left)
        {
            if (left.Count == 0) return model.log.SequenceEqual(expected);
            foreach (var candidate in left)
            {
                var trial = new EventStoreModel();
                trial.log.AddRange(model.log);
                var outcome = trial.Append(candidate.Step.Stream, candidate.Step.Expected, candidate.Step.Ids);
                var fits = outcome == candidate.Outcome && trial.log.Count <= expected.Count
                    && trial.log.Skip(model.log.Count).SequenceEqual(expected.Skip(model.log.Count).Take(trial.log.Count - model.log.Count));
                if (!fits) continue;

                List<(Step, ModelOutcome)> rest = [.. left];
                rest.Remove(candidate);
                // What wrote nothing changed nothing: taking it as soon as it fits loses no order.
                if (trial.log.Count == model.log.Count) return Search(model, rest);
                if (Search(trial, rest)) return true;
            }

            return false;
        }
    }

    private static ModelOutcome Answer(int place, ulong revision)
    {
        var position = (ulong)place + 1;
        return new(new Appended(revision, new Position(position, position)), IsConflict: false, null);
    }
}
