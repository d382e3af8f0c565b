using System.Globalization;
using CountingKit.Testing.EventStoreDb.Log;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>The server's errors: a status, and trailers where the server sends some.</summary>
internal static class Refusals
{
    public const int MaxAppendSize = 1024 * 1024;

    public static RpcException NotLeader(string host, int port) => With(
        StatusCode.NotFound, "Leader info available", "not-leader",
        ("leader-endpoint-host", host), ("leader-endpoint-port", Text(port)));

    public static RpcException NotReady() => new(new Status(StatusCode.Unavailable, "Server Is Not Ready"));

    public static RpcException CommitTimeout() =>
        new(new Status(StatusCode.Aborted, "Operation timed out: Commit phase timeout."));

    public static RpcException TooSlow() => new(new Status(
        StatusCode.Aborted,
        "Operation timed out: Consumer too slow to handle event while live. Client resubscription required."));

    public static RpcException AccessDenied() => With(StatusCode.PermissionDenied, "Access Denied", "access-denied");

    public static RpcException Unauthenticated() => new(new Status(StatusCode.Unauthenticated, "Unauthenticated"));

    public static RpcException StreamDeleted(string stream) => With(
        StatusCode.FailedPrecondition, $"Event stream '{stream}' is deleted.", "stream-deleted", ("stream-name", stream));

    public static RpcException WrongVersion(string stream, Expected expected, long actual) => With(
        StatusCode.FailedPrecondition,
        $"Append failed due to WrongExpectedVersion. Stream: {stream}, Expected version: {expected.Number}, Actual version: {actual}",
        "wrong-expected-version",
        ("stream-name", stream), ("expected-version", Text(expected.Number)), ("actual-version", Text(actual)));

    public static RpcException TooBig() => With(
        StatusCode.InvalidArgument, $"Maximum Append Size of {MaxAppendSize} Exceeded.", "maximum-append-size-exceeded",
        ("maximum-append-size", Text(MaxAppendSize)));

    public static RpcException MissingMetadata() => With(
        StatusCode.InvalidArgument, "Required Metadata Properties Missing", "missing-required-metadata-property",
        ("required-metadata-properties", "type,content-type"));

    public static RpcException Invalid(params IEnumerable<object> combination) => new(new Status(
        StatusCode.InvalidArgument, $"The combination of ({string.Join(", ", combination)}) is invalid."));

    public static RpcException Unexpected(string result) =>
        new(new Status(StatusCode.Unknown, $"Unexpected {result}: Error"));

    /// <summary>What the server answers when it did not foresee a request.</summary>
    public static RpcException Unforeseen() =>
        new(new Status(StatusCode.Unknown, "Exception was thrown by handler."));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static RpcException With(
        StatusCode status, string detail, string exception, params IEnumerable<(string Key, string Value)> more)
    {
        var trailers = new Metadata { { "exception", exception } };
        foreach (var (key, value) in more) trailers.Add(key, value);
        return new(new Status(status, detail), trailers);
    }
}
