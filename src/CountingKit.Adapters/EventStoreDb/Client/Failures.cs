using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CountingKit.EventSourcing;
using Grpc.Core;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>What an error on the wire means: the trailer <c>exception</c> first, then the status.</summary>
internal static class Failures
{
    /// <param name="ct">What the caller may have cancelled: then it is no failure.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static EventStoreClientException Read(
        RpcException error, EventStoreClientSettings settings, string? stream, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return error.Trailers.GetValue("exception") switch
        {
            "not-leader" => new NotLeaderException(Leader(error.Trailers), error),
            "access-denied" => new AccessDeniedException(error, settings.DefaultCredentials is null),
            "stream-deleted" => new StreamDeletedException(stream ?? "", error),
            "maximum-append-size-exceeded" =>
                new MaximumAppendSizeExceededException(error.Trailers.GetValue("maximum-append-size"), error),
            "maximum-append-event-size-exceeded" =>
                new MaximumAppendSizeExceededException(error.Trailers.GetValue("maximum-append-event-size"), error),
            _ => OfStatus(error, settings),
        };
    }

    private static EventStoreClientException OfStatus(RpcException error, EventStoreClientSettings settings)
    {
        if (Chain(error).OfType<AuthenticationException>().FirstOrDefault() is { } tls)
            return tls.Message.Contains(nameof(X509ChainStatusFlags.NotTimeValid), StringComparison.Ordinal)
                ? new ConnectionSettingsException(
                    "The event store's certificate has expired or is not valid yet. Renew it there; nothing is to be changed "
                    + "here unless its authority is a new one (tlsCaFile= in the connection string).", error, StorageCodes.CertificateExpired)
                : new ConnectionSettingsException(
                    "No encrypted connection with the event store: its certificate is not trusted or names another host, or "
                    + "it does not encrypt at all. Check tls=, tlsCaFile= and the host's name in the connection string.",
                    error, StorageCodes.NoEncryption);

        var detail = error.Status.Detail ?? "";
        return error.StatusCode switch
        {
            StatusCode.Unavailable when detail.StartsWith("Server Is ", StringComparison.OrdinalIgnoreCase)
                || detail.Contains("not ready", StringComparison.OrdinalIgnoreCase) =>
                new NotReadyException(error),
            StatusCode.Unavailable or StatusCode.Internal when !settings.Tls && IsBroken(error) => new CallLostException(
                "The connection with the event store broke. If it does so each time, the server may want encryption: "
                + "check tls= in the connection string.", error),
            StatusCode.Unavailable => new CallLostException("The event store cannot be reached.", error),
            StatusCode.DeadlineExceeded => new CallLostException("The event store did not answer in time.", error),
            StatusCode.Aborted or StatusCode.ResourceExhausted => new GaveUpException(error),
            StatusCode.Cancelled => new CallLostException("The event store ended a call.", error),
            StatusCode.Internal when error.Status.DebugException is not null =>
                new CallLostException("The connection with the event store broke.", error),
            StatusCode.Unknown when detail.Contains("No leader info", StringComparison.OrdinalIgnoreCase) =>
                new NotLeaderException(null, error),
            StatusCode.Unauthenticated => new NotAuthenticatedException(error),
            StatusCode.PermissionDenied => new AccessDeniedException(error, settings.DefaultCredentials is null),
            StatusCode.InvalidArgument => new InvalidRequestException(error),
            _ => new UnknownFailureException(error),
        };
    }

    /// <summary>
    /// It was made and then broke: so an encrypted port ends plain HTTP/2, with an alert or by hanging up, which looks
    /// the same as a server that dies.
    /// </summary>
    private static bool IsBroken(RpcException error) => Chain(error).OfType<HttpRequestException>().FirstOrDefault() is
    {
        HttpRequestError: not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError),
    };

    private static NodeEndPoint? Leader(Metadata trailers) =>
        trailers.GetValue("leader-endpoint-host") is { Length: > 0 } host
        && int.TryParse(
            trailers.GetValue("leader-endpoint-port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and <= 65_535
            ? new NodeEndPoint(host, port)
            : null;

    private static IEnumerable<Exception> Chain(RpcException error)
    {
        for (var cause = error.Status.DebugException; cause is not null; cause = cause.InnerException) yield return cause;
    }
}
