namespace CountingKit.EventSourcing;

/// <summary>Folds events into rows. Sees neither positions nor checkpoints and never saves: the runner does.</summary>
/// <remarks>
/// Each has tables of its own. An event that it throws on is set aside for it alone, with what it had done because of that
/// event; later ones are handed to it as ever.
/// </remarks>
public interface IProjection
{
    /// <summary>For those who look after the installation, in words: "run list".</summary>
    string Name => ProjectionNames.Of(GetType());

    /// <summary>Changes rows for one event. Called in the log's order, once for each event of a database.</summary>
    Task Apply(RecordedEvent recorded, IRows rows, CancellationToken ct);
}

/// <summary>
/// The rows as a projection changes them. There are no queries: what an earlier event of the batch changed is not in the
/// database yet.
/// </summary>
public interface IRows
{
    /// <param name="key">Each part of it, in order.</param>
    /// <returns>To be changed in place; null = there is none.</returns>
    ValueTask<TRow?> Find<TRow>(object[] key, CancellationToken ct) where TRow : class, IReadRow;

    /// <exception cref="InvalidOperationException">There is such a row already.</exception>
    void Add<TRow>(TRow row) where TRow : class, IReadRow;

    void Remove<TRow>(TRow row) where TRow : class, IReadRow;
}

/// <summary>
/// Turns events into work. Does only short, keyed work: what it queues is stored in the transaction of its checkpoint, what
/// it appends has ids derived from the event, so that a repeat changes nothing.
/// </summary>
/// <remarks>
/// Each follows the log on its own. An event that it throws on is tried a few times and then set aside, and the next one
/// comes; what is over by itself, such as a database that is away, is waited for.
/// </remarks>
public interface IReactor
{
    /// <summary>Names its checkpoint for good.</summary>
    string Name { get; }

    /// <summary>Where it begins in an installation that does not know it yet.</summary>
    ReactorStart Start => ReactorStart.Beginning;

    Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct);
}

public enum ReactorStart
{
    /// <summary>With the log's first event.</summary>
    Beginning,

    /// <summary>With the next event: it must not act on the past, such as one that tells people what happens.</summary>
    Now,
}

internal static class ProjectionNames
{
    private const string Ending = "Projection";

    /// <summary>The words that the type's name is made of, without the one that all have.</summary>
    public static string Of(Type type)
    {
        var name = type.Name.EndsWith(Ending, StringComparison.Ordinal) ? type.Name[..^Ending.Length] : type.Name;
        return string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {letter}" : $"{letter}"))
            .ToLowerInvariant();
    }
}
