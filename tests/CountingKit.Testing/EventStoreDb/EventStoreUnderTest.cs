namespace CountingKit.Testing.EventStoreDb;

/// <summary>
/// The server that tests of the client meet: the one whose connection string is in
/// <c>COUNTINGKIT_TEST_EVENTSTORE</c>, otherwise a stand-in of their own. Says on standard output which it is.
/// </summary>
public sealed class EventStoreUnderTest : IAsyncDisposable
{
    public const string Variable = "COUNTINGKIT_TEST_EVENTSTORE";

    private EventStoreUnderTest(string connectionString, EventStoreDbNode? standIn) =>
        (ConnectionString, StandIn) = (connectionString, standIn);

    public string ConnectionString { get; }

    /// <summary>Null for a real server, over whose faults nobody has power.</summary>
    public EventStoreDbNode? StandIn { get; }

    public static Task<EventStoreUnderTest> Start() => Of(Environment.GetEnvironmentVariable(Variable));

    /// <param name="named">The connection string of a real server; null or empty = a stand-in.</param>
    public static async Task<EventStoreUnderTest> Of(string? named)
    {
        if (named is { Length: > 0 } real)
        {
            Console.WriteLine($"Event store under test: the server that {Variable} names.");
            return new(real, null);
        }

        var node = await EventStoreDbNode.Start();
        Console.WriteLine($"Event store under test: the stand-in at {node.Address}.");
        return new(node.ConnectionString, node);
    }

    public async ValueTask DisposeAsync()
    {
        if (StandIn is { } node) await node.DisposeAsync();
    }
}
