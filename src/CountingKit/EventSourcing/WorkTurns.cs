namespace CountingKit.EventSourcing;

/// <summary>Who may have work: a workspace, and within it a subject, such as an organization; null = none in particular.</summary>
internal sealed record WorkTurn(Guid WorkspaceId, string? Subject);

/// <summary>
/// Whose turn it is: first the workspace that was served longest ago, then its subject that was. Whoever queues a hundred
/// pieces is served as often as who queues one. Each process keeps its own turns.
/// </summary>
internal sealed class WorkTurns
{
    /// <summary>More subjects than an installation has with work at one time.</summary>
    private const int Most = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<WorkTurn, long> served = [];
    private readonly Dictionary<WorkTurn, int> underWay = [];
    private long now;

    /// <param name="waiting">Those with work that is due.</param>
    /// <param name="isScarce">Little room is left: it is for subjects that have none of it.</param>
    public IReadOnlyList<WorkTurn> Order(IEnumerable<WorkTurn> waiting, bool isScarce)
    {
        lock (gate)
        {
            return
            [
                .. waiting.Where(turn => !isScarce || turn.Subject is null || !underWay.ContainsKey(turn))
                    .OrderBy(turn => Last(new(turn.WorkspaceId, null))).ThenBy(Last),
            ];
        }
    }

    /// <summary>A piece of it is over.</summary>
    public void Ended(WorkTurn turn)
    {
        lock (gate)
        {
            if (--underWay[turn] == 0) underWay.Remove(turn);
        }
    }

    public void Begun(WorkTurn turn)
    {
        lock (gate)
        {
            // Who is forgotten counts as served longest ago, like who never was.
            if (served.Count >= Most) served.Clear();
            now++;
            underWay[turn] = underWay.GetValueOrDefault(turn) + 1;
            served[turn] = served[turn with { Subject = null }] = now;
        }
    }

    private long Last(WorkTurn turn) => served.GetValueOrDefault(turn);
}
