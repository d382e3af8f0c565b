using CountingKit.Adapters.EventStoreDb.Client;
using CountingKit.EventSourcing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CountingKit.Adapters.EventStoreDb;

/// <summary>
/// The log in an EventStoreDB or KurrentDB, one node or a cluster. Rides out a change of leader or a restart; a server
/// that is away for longer is told at once, and found again by itself.
/// </summary>
/// <remarks>
/// A cancelled append throws <see cref="OperationCanceledException"/> only if nothing was written, otherwise
/// <see cref="OutcomeUnknownException"/>. A stream that was deleted for ever cannot be read or appended to:
/// <see cref="EventStoreUnavailableException"/> says so.
/// </remarks>
public sealed partial class EventStoreDbEventStore : IEventStore, IAsyncDisposable
{
    private readonly EventStoreDbOptions options;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly EventStoreClient client;
    private readonly Outage outage;
    private readonly CancellationTokenSource closing = new();

    public EventStoreDbEventStore(
        EventStoreDbOptions options, TimeProvider time, ILogger<EventStoreDbEventStore>? log = null)
    {
        this.options = options;
        this.time = time;
        this.log = log ?? NullLogger<EventStoreDbEventStore>.Instance;
        client = new EventStoreClient(options.Settings, time);
        outage = new Outage(time);
    }

    public async Task<Appended> Append(
        string stream, ExpectedRevision expected, IReadOnlyList<EventData> events, CancellationToken ct)
    {
        // What a move adds to an event's metadata is not the event's.
        AppendRules.Check(stream, [.. events.Select(e => e with { Metadata = MovedMetadata.Read(e.Metadata).Original })]);
        ct.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(closing.IsCancellationRequested, this);
        return await AppendUntilKnown(new(stream, expected, events), ct);
    }

    /// <summary>Ends subscriptions and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        client.Dispose();
    }

    private async Task<Appended> AppendUntilKnown(Attempted append, CancellationToken ct)
    {
        var retries = NewRetries();
        AppendFailedException? doubt = null;
        while (true)
        {
            try
            {
                var result = await client.AppendToStreamAsync(
                    append.Stream, append.Expected, append.Events, retries.Left, ct);
                outage.Over();
                return await Answer(result, append, ct);
            }
            catch (WrongExpectedVersionException conflict)
            {
                // Also behind a try whose outcome was unknown: had that one been written, this one were answered with it.
                outage.Over();
                throw append.Conflict(conflict.ActualRevision);
            }
            catch (AppendFailedException failed)
            {
                if (failed.MayBeWritten) doubt = failed;
                if (doubt is not null && !append.IsRepeatable) throw new OutcomeUnknownException(append.Stream, failed);
                if (!await Again(retries, failed.Failure, append.Stream, doubt, ct))
                    throw doubt is null ? Told(failed.Failure) : new OutcomeUnknownException(append.Stream, failed);
            }
            catch (OperationCanceledException cancelled) when (doubt is not null)
            {
                throw new OutcomeUnknownException(append.Stream, cancelled);
            }
        }
    }

    private static async Task<bool> Again(
        Retries retries, EventStoreClientException failure, string stream, Exception? doubt, CancellationToken ct)
    {
        try
        {
            return await retries.Again(failure, ct);
        }
        catch (OperationCanceledException cancelled) when (doubt is not null)
        {
            throw new OutcomeUnknownException(stream, cancelled);
        }
    }

    private async Task<Appended> Answer(IWriteResult result, Attempted append, CancellationToken ct) => result switch
    {
        SuccessResult { LogPosition: { } position } success => new(success.NextExpectedRevision, position),
        SuccessResult success => new(
            success.NextExpectedRevision, await PositionOf(append.Stream, success.NextExpectedRevision, ct)),
        WrongExpectedVersionResult conflict => throw append.Conflict(conflict.ActualRevision),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A repeat may be answered without its position: the event itself knows it.</summary>
    private async Task<Position> PositionOf(string stream, ulong revision, CancellationToken ct)
    {
        try
        {
            await foreach (var stored in ReadStream(stream, ReadDirection.Forwards, revision, 1, ct)) return stored.Position;
            throw new OutcomeUnknownException(stream);
        }
        catch (Exception lost) when (lost is not OutcomeUnknownException)
        {
            throw new OutcomeUnknownException(stream, lost);
        }
    }

    private Retries NewRetries() => new(outage, options, time);

    /// <summary>What the port calls a failure behind which nothing was written.</summary>
    private static Exception Told(EventStoreClientException failure) => failure is MaximumAppendSizeExceededException
        ? new ArgumentException(failure.Message, failure)
        : new EventStoreUnavailableException(failure.Message, failure, failure.Code);

    private sealed record Attempted(string Stream, ExpectedRevision Expected, IReadOnlyList<EventData> Events)
    {
        /// <summary>The server knows the identical append again, for ever: not so without a definite revision.</summary>
        public bool IsRepeatable { get; } = Expected.Match(() => false, () => true, () => false, _ => true);

        public WrongExpectedRevisionException Conflict(ulong? actual) => new(Stream, Expected, actual);
    }
}
