using System.Collections.Immutable;
using System.Diagnostics;
using CountingKit.EventSourcing;

namespace CountingKit.Mirror;

/// <summary>
/// Which segments hold one resource of one organization: the newest base and what came after it. Stream:
/// <c>mirror-{connectionId}-{resource}</c>.
/// </summary>
public static class SegmentList
{
    /// <summary>So many segments at most, then a new base is written.</summary>
    public const int MostSegments = 32;

    /// <param name="Segments">In order; the first is the base, unless nothing was ever compacted.</param>
    public sealed record State(ImmutableList<Segment> Segments)
    {
        /// <summary>Too many segments, or deltas of more than a quarter of the base.</summary>
        public bool WantsBase =>
            Segments.Count > MostSegments
            || (Segments.Count > 1 && Segments.Skip(1).Sum(s => s.Versions) * 4 > Segments[0].Versions);
    }

    public static readonly Decider<State> Decider = new(new State([]), Evolve)
    {
        IsWhole = @event => @event is SegmentAdded { IsBase: true },
    };

    public static string StreamOf(Source source) =>
        $"mirror-{source.ConnectionId:N}-{source.Resource.ToLowerInvariant()}";

    public static IReadOnlyList<IEvent> Add(State state, Source source, Segment segment, long added, long changed, long deleted) =>
        state.Segments.Contains(segment)
            ? []
            : [new SegmentAdded(
                source.ConnectionId, source.Resource, segment.Hash, segment.IsBase, segment.Sequence, segment.Versions,
                segment.Bytes, added, changed, deleted)];

    public static State Evolve(State state, IEvent @event) => @event switch
    {
        SegmentAdded e => new(e.IsBase ? [ToSegment(e)] : state.Segments.Add(ToSegment(e))),
        _ => throw new UnreachableException($"{@event.GetType().Name} does not belong in a mirror stream."),
    };

    private static Segment ToSegment(SegmentAdded e) => new(e.Hash, e.IsBase, e.Sequence, e.Versions, e.Bytes);
}
