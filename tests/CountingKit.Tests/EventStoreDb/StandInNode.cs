using CountingKit.Testing.EventStoreDb;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>A node for the tests of one class and raw calls to it.</summary>
public sealed class StandInNode : IAsyncLifetime
{
    internal EventStoreDbNode Node { get; private set; } = null!;

    internal StandInClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Node = await EventStoreDbNode.Start();
        Client = new(new Uri($"http://127.0.0.1:{Node.Port}"));
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Node.DisposeAsync();
    }

    /// <summary>A name that no other test uses.</summary>
    internal static string NewStream() => $"order-{Guid.CreateVersion7():N}";
}
