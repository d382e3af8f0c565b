using System.Globalization;

namespace CountingKit.EventSourcing;

/// <summary>What the caller believes of a stream at the moment of an append.</summary>
public readonly record struct ExpectedRevision
{
    private enum Kind { Any, NoStream, StreamExists, Exact }

    private readonly Kind kind;
    private readonly ulong revision;

    private ExpectedRevision(Kind kind, ulong revision = 0) => (this.kind, this.revision) = (kind, revision);

    /// <summary>No belief. Never for what must be repeated safely: see the store's rules on idempotence.</summary>
    public static ExpectedRevision Any { get; } = new(Kind.Any);

    public static ExpectedRevision NoStream { get; } = new(Kind.NoStream);

    public static ExpectedRevision StreamExists { get; } = new(Kind.StreamExists);

    /// <summary>The revision of the stream's last event.</summary>
    public static ExpectedRevision At(ulong revision) => new(Kind.Exact, revision);

    /// <summary>What a stream is at after reading it: its last revision, or no stream (null).</summary>
    public static ExpectedRevision After(ulong? lastRevision) => lastRevision is { } last ? At(last) : NoStream;

    /// <summary>Whether a stream whose last revision is <paramref name="actual"/> (null = no stream) is as expected.</summary>
    public bool IsMetBy(ulong? actual) => kind switch
    {
        Kind.Any => true,
        Kind.NoStream => actual is null,
        Kind.StreamExists => actual is not null,
        _ => actual == revision,
    };

    /// <summary>Calls the branch that this is; keeps adapters honest without showing how it is stored.</summary>
    public T Match<T>(Func<T> any, Func<T> noStream, Func<T> streamExists, Func<ulong, T> exact) => kind switch
    {
        Kind.Any => any(),
        Kind.NoStream => noStream(),
        Kind.StreamExists => streamExists(),
        _ => exact(revision),
    };

    /// <summary><c>any</c>, <c>no stream</c>, <c>stream exists</c>, or the number.</summary>
    public override string ToString() => Match(
        () => "any", () => "no stream", () => "stream exists", r => r.ToString(CultureInfo.InvariantCulture));
}
