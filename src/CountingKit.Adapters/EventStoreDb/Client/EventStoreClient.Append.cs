using CountingKit.Adapters.EventStoreDb.Protos;
using CountingKit.EventSourcing;
using Google.Protobuf;
using Grpc.Core;
using StreamsClient = CountingKit.Adapters.EventStoreDb.Protos.Streams.StreamsClient;

namespace CountingKit.Adapters.EventStoreDb.Client;

internal sealed partial class EventStoreClient
{
    /// <summary>One try of one append. Nothing can have been written before its request was complete.</summary>
    /// <param name="atMost">How long the try may take; never longer than the settings' deadline.</param>
    /// <exception cref="WrongExpectedVersionException">A conflict, unless the settings want it as a result.</exception>
    /// <exception cref="AppendFailedException">Any other end, with whether it may be written nevertheless.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, and nothing was written.</exception>
    public async Task<IWriteResult> AppendToStreamAsync(
        string stream, ExpectedRevision expected, IReadOnlyList<EventData> events, TimeSpan atMost, CancellationToken ct)
    {
        NodeEndPoint node;
        try
        {
            node = await leader.Get(atMost, ct);
        }
        catch (DiscoveryException none)
        {
            throw new AppendFailedException(none, mayBeWritten: false);
        }

        var progress = new AppendProgress();
        try
        {
            using var call = new StreamsClient(channels.Of(node)).Append(
                Headers(requiresLeader: true), Deadline(AtMostDefault(atMost)), ct);
            // Its deadline ends the call.
            return Result(
                await WhileItLives(Send(call, stream, expected, events, progress), leader, node, Timeout.InfiniteTimeSpan, ct),
                stream);
        }
        catch (CallLostException lost)
        {
            throw new AppendFailedException(lost, progress.IsComplete);
        }
        catch (OperationCanceledException cancelled) when (ct.IsCancellationRequested)
        {
            throw Cancelled(progress, cancelled, ct);
        }
        catch (RpcException error) when (ct.IsCancellationRequested)
        {
            throw Cancelled(progress, error, ct);
        }
        catch (RpcException error)
        {
            var failure = Failed(error, leader, node, stream, CancellationToken.None);
            throw new AppendFailedException(failure, progress.IsComplete && !failure.IsUnprocessed);
        }
    }

    // The call is over by now: what was not sent whole will never be.
    private static Exception Cancelled(AppendProgress progress, Exception cancelled, CancellationToken ct) => progress.IsComplete
        ? new AppendFailedException(
            new CallLostException("An append was cancelled after it was sent.", cancelled), mayBeWritten: true)
        : new OperationCanceledException(cancelled.Message, cancelled, ct);

    private static async Task<AppendResp> Send(
        AsyncClientStreamingCall<AppendReq, AppendResp> call, string stream, ExpectedRevision expected,
        IReadOnlyList<EventData> events, AppendProgress progress)
    {
        var request = call.RequestStream;
        try
        {
            // All messages of the call leave together.
            request.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
            await request.WriteAsync(new AppendReq { Options = Options(stream, expected) });
            foreach (var @event in events) await request.WriteAsync(new AppendReq { ProposedMessage = Proposed(@event) });
            progress.IsComplete = true;
            await request.CompleteAsync();
        }
        catch (Exception early) when (early
            is RpcException or InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            // The call ended while we were writing; why, its answer says.
        }

        return await call.ResponseAsync;
    }

    private IWriteResult Result(AppendResp answer, string stream)
    {
        switch (answer.ResultCase)
        {
            case AppendResp.ResultOneofCase.Success:
                return new SuccessResult(answer.Success.CurrentRevision, answer.Success.Position is { } position
                    ? new Position(position.CommitPosition, position.PreparePosition)
                    : null);
            case AppendResp.ResultOneofCase.WrongExpectedVersion:
                var wrong = answer.WrongExpectedVersion;
                ulong? actual =
                    wrong.CurrentRevisionOptionCase is AppendResp.Types.WrongExpectedVersion.CurrentRevisionOptionOneofCase.CurrentRevision
                    ? wrong.CurrentRevision
                    : null;
                return settings.ThrowOnAppendFailure
                    ? throw new WrongExpectedVersionException(stream, actual)
                    : new WrongExpectedVersionResult(actual);
            default:
                throw new RpcException(new Status(StatusCode.Unknown, "An append was answered with neither success nor conflict."));
        }
    }

    private static AppendReq.Types.Options Options(string stream, ExpectedRevision expected)
    {
        var options = new AppendReq.Types.Options { StreamIdentifier = Identifier(stream) };
        return expected.Match(
            any: () => { options.Any = new Empty(); return options; },
            noStream: () => { options.NoStream = new Empty(); return options; },
            streamExists: () => { options.StreamExists = new Empty(); return options; },
            exact: revision => { options.Revision = revision; return options; });
    }

    private static AppendReq.Types.ProposedMessage Proposed(EventData @event) => new()
    {
        Id = new UUID { String = @event.Id.ToString("D") },
        Metadata = { ["type"] = @event.Type, ["content-type"] = "application/json" },
        CustomMetadata = UnsafeByteOperations.UnsafeWrap(@event.Metadata),
        Data = UnsafeByteOperations.UnsafeWrap(@event.Data),
    };

    private sealed class AppendProgress
    {
        /// <summary>All of the request was handed over: from here on the server may act on it.</summary>
        public bool IsComplete { get; set; }
    }
}

internal interface IWriteResult;

/// <summary>The events stand in the log: where the last of them does.</summary>
/// <param name="LogPosition">Null = the server knows that it is there and not where.</param>
internal sealed record SuccessResult(ulong NextExpectedRevision, Position? LogPosition) : IWriteResult;

/// <param name="ActualRevision">Null = no such stream.</param>
internal sealed record WrongExpectedVersionResult(ulong? ActualRevision) : IWriteResult;

/// <summary>One try of an append failed.</summary>
internal sealed class AppendFailedException(EventStoreClientException failure, bool mayBeWritten)
    : Exception(failure.Message, failure)
{
    public EventStoreClientException Failure { get; } = failure;

    public bool MayBeWritten { get; } = mayBeWritten;
}
