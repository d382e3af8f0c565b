using System.Globalization;

namespace CountingKit.EventSourcing;

/// <summary>
/// A place in the whole log. Opaque but ordered and comparable within one store; positions of different stores have
/// nothing to do with each other. EventStoreDB's are pairs; the embedded store's have twice the same number.
/// </summary>
public readonly record struct Position(ulong Commit, ulong Prepare) : IComparable<Position>
{
    /// <summary>False = the store gave none: some answer so for events read from a stream.</summary>
    public bool IsKnown => Commit != ulong.MaxValue;

    public int CompareTo(Position other) =>
        Commit != other.Commit ? Commit.CompareTo(other.Commit) : Prepare.CompareTo(other.Prepare);

    public static bool operator <(Position left, Position right) => left.CompareTo(right) < 0;

    public static bool operator >(Position left, Position right) => left.CompareTo(right) > 0;

    public static bool operator <=(Position left, Position right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Position left, Position right) => left.CompareTo(right) >= 0;

    /// <summary><c>commit/prepare</c>, for checkpoints and URLs.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Commit}/{Prepare}");

    /// <exception cref="FormatException">Not what <see cref="ToString"/> gives.</exception>
    public static Position Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && ulong.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var commit)
            && ulong.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prepare)
            ? new Position(commit, prepare)
            : throw new FormatException("A position reads commit/prepare.");
    }
}
