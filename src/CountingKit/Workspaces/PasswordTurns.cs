using System.Collections.Concurrent;

namespace CountingKit.Workspaces;

/// <summary>
/// Passwords from one place are checked one after the other: guesses sent at the same moment are each counted before the
/// next is looked at, and one place never keeps more than one processor busy. Nothing is kept of a place where nobody waits.
/// </summary>
public sealed class PasswordTurns
{
    private readonly ConcurrentDictionary<string, Line> lines = new();

    /// <summary>Waits for its turn.</summary>
    /// <returns>Ends the turn.</returns>
    public async Task<IDisposable> Take(Knock place, CancellationToken ct)
    {
        // Whoever joins is counted before anybody can take the line away.
        var line = lines.AddOrUpdate(place.Hash, _ => new(1, new(1, 1)), (_, old) => old with { People = old.People + 1 });
        var turn = new Turn(this, place.Hash, line.Gate);
        try
        {
            await line.Gate.WaitAsync(ct);
            return turn;
        }
        catch (OperationCanceledException)
        {
            Leave(place.Hash);
            throw;
        }
    }

    internal int Places => lines.Count;

    private void Leave(string place)
    {
        while (lines.TryGetValue(place, out var line))
        {
            var left = line with { People = line.People - 1 };
            if (left.People == 0 ? lines.TryRemove(new(place, line)) : lines.TryUpdate(place, left, line)) return;
        }
    }

    private sealed record Line(int People, SemaphoreSlim Gate);

    private sealed class Turn(PasswordTurns turns, string place, SemaphoreSlim gate) : IDisposable
    {
        public void Dispose()
        {
            gate.Release();
            turns.Leave(place);
        }
    }
}
