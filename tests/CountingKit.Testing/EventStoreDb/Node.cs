using CountingKit.Testing.EventStoreDb.Log;
using Grpc.Core;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>What the services of one running node share.</summary>
internal sealed class Node(EventLog log)
{
    public EventLog Log => log;

    public Task<WriteResult> Write(IWrite write, ServerCallContext context) => log.Write(write);
}
