using CountingKit.Testing.EventStoreDb.Log;
using Options = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options;
using Start = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options.Types.AllOptions.AllOptionOneofCase;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>Where in the whole log a request begins, as ordinals.</summary>
internal static class AllPosition
{
    /// <summary>The first event at or after the position: a bounded read begins with it.</summary>
    public static int AtOrAfter(EventLog log, Options.Types.AllOptions options) => Find(log, options, inclusive: true);

    /// <summary>
    /// The first event after the position: a subscription begins with it. Positions are compared by commit, then prepare,
    /// so that one with prepare 0 (a checkpoint of a catch-up) comes before the event at its commit.
    /// </summary>
    public static int After(EventLog log, Options.Types.AllOptions options) => Find(log, options, inclusive: false);

    private static int Find(EventLog log, Options.Types.AllOptions options, bool inclusive)
    {
        switch (options.AllOptionCase)
        {
            case Start.Start: return 0;
            case Start.End: return log.Index.Count;
            case Start.None: throw Refusals.Unforeseen();
        }

        var (commit, prepare) = (options.Position.CommitPosition, options.Position.PreparePosition);
        if (commit == 0) return 0;
        if (commit > long.MaxValue) return log.Index.Count;
        var count = log.Index.Count;
        if ((long)commit == log.End) return count;
        var ordinal = log.Index.Find((long)commit);
        if (ordinal < 0) throw Refusals.Unexpected("ReadAllResult");
        return inclusive || prepare < commit ? ordinal : ordinal + 1;
    }
}
