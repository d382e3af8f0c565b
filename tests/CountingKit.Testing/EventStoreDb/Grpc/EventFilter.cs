using System.Text.RegularExpressions;
using CountingKit.Testing.EventStoreDb.Log;
using Options = CountingKit.Testing.EventStoreDb.Protocol.Streams.ReadReq.Types.Options;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>Which events of the whole log a request wants, and how many the server examines at a time.</summary>
/// <param name="Window">Events of one page; 0 examines none, for ever.</param>
/// <param name="CheckpointEvery">After so many examined events of a subscription comes a checkpoint; 0 for none.</param>
internal sealed record EventFilter(Func<LogRecord, bool> Matches, int Window, long CheckpointEvery)
{
    private const int DefaultWindow = 32;
    private const int UnfilteredPage = 512;

    public bool SeesNothing => Window == 0;

    /// <exception cref="global::Grpc.Core.RpcException">A filter that the server did not foresee.</exception>
    public static EventFilter Of(Options options)
    {
        if (options.FilterOptionCase != Options.FilterOptionOneofCase.Filter) return new(_ => true, UnfilteredPage, 0);
        var filter = options.Filter;
        var window = filter.WindowCase == Options.Types.FilterOptions.WindowOneofCase.Max ? (int)filter.Max : DefaultWindow;
        var isSubscription = options.CountOptionCase == Options.CountOptionOneofCase.Subscription;
        if (isSubscription && filter.CheckpointIntervalMultiplier == 0) throw Refusals.Unforeseen();
        Func<LogRecord, bool> matches = filter.FilterCase switch
        {
            Options.Types.FilterOptions.FilterOneofCase.EventType when Matcher(filter.EventType) is { } isWanted =>
                record => isWanted(record.Event.Type),
            Options.Types.FilterOptions.FilterOneofCase.StreamIdentifier when Matcher(filter.StreamIdentifier) is { } isWanted =>
                record => isWanted(record.Stream),
            _ => throw Refusals.Unforeseen(),
        };
        return new(matches, window, (long)window * filter.CheckpointIntervalMultiplier);
    }

    private static Func<string, bool>? Matcher(Options.Types.FilterOptions.Types.Expression expression)
    {
        if (expression.Regex.Length > 0)
        {
            try
            {
                return new Regex(expression.Regex).IsMatch;
            }
            catch (ArgumentException)
            {
                throw Refusals.Unforeseen();
            }
        }

        var prefixes = expression.Prefix.ToArray();
        if (prefixes.Length == 0) return null;
        return text => Array.Exists(prefixes, prefix => text.StartsWith(prefix, StringComparison.Ordinal));
    }
}
