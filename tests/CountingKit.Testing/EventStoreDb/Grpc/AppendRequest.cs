using CountingKit.Testing.EventStoreDb.Log;
using CountingKit.Testing.EventStoreDb.Protocol.Streams;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb.Grpc;

/// <summary>Takes an append off the wire, refusing what the server refuses, as it does.</summary>
internal static class AppendRequest
{
    /// <param name="check">Throws where the caller may not write to a stream.</param>
    public static async Task<Append> Read(
        IAsyncStreamReader<AppendReq> requests, Action<string> check, CancellationToken ct)
    {
        if (!await requests.MoveNext(ct)) throw Refusals.Unforeseen();
        if (requests.Current.ContentCase != AppendReq.ContentOneofCase.Options)
            throw Refusals.Invalid(requests.Current.ContentCase);
        var options = requests.Current.Options;
        var expected = ExpectedRevisions.Of((int)options.ExpectedStreamRevisionCase, options.Revision);
        var stream = Wire.Name(options.StreamIdentifier);
        check(stream);

        var (events, size) = (new List<ProposedEvent>(), 0L);
        while (await requests.MoveNext(ct))
        {
            if (requests.Current.ContentCase != AppendReq.ContentOneofCase.ProposedMessage)
                throw Refusals.Invalid(requests.Current.ContentCase);
            var proposed = Proposed(requests.Current.ProposedMessage);
            size += proposed.Data.Length;
            if (size > Refusals.MaxAppendSize) throw Refusals.TooBig();
            events.Add(proposed);
        }

        return new(stream, expected, events);
    }

    private static ProposedEvent Proposed(AppendReq.Types.ProposedMessage message)
    {
        if (!message.Metadata.TryGetValue("type", out var type) ||
            !message.Metadata.TryGetValue("content-type", out var contentType))
        {
            throw Refusals.MissingMetadata();
        }

        var id = Wire.Id(message.Id);
        if (type.Length == 0) throw Refusals.Unforeseen();
        return new(id, type, contentType == "application/json", message.Data.Memory, message.CustomMetadata.Memory);
    }
}
