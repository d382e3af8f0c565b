using CountingKit.EventSourcing;

namespace CountingKit.Connections;

internal static class OpenConnections
{
    /// <summary>For what is to read these organizations from now on.</summary>
    /// <exception cref="RefusedException">
    /// CK-CONN-01 or CK-CONN-06: one of them is disconnected, or about to be.
    /// </exception>
    public static async Task RequireOpen(this Streams streams, IReadOnlyList<Guid> connectionIds, CancellationToken ct)
    {
        foreach (var connectionId in connectionIds)
            Connection.Connected(await streams.Read(Connection.StreamOf(connectionId), Connection.Decider, ct));
    }
}
