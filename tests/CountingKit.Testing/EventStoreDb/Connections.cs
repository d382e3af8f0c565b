using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>A node's open connections, so that they can be cut.</summary>
internal sealed class Connections
{
    private readonly ConcurrentDictionary<string, ConnectionContext> _open = new();

    public ConnectionDelegate Track(ConnectionDelegate next) => async connection =>
    {
        _open[connection.ConnectionId] = connection;
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection.ConnectionId, out _);
        }
    };

    public void Cut(string id)
    {
        if (_open.TryGetValue(id, out var connection)) connection.Abort();
    }

    public void CutAll()
    {
        foreach (var connection in _open.Values) connection.Abort();
    }
}
