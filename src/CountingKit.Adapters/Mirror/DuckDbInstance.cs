using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>
/// The one DuckDB of this process: loaded at first use, in memory, bounded, and locked before its first query, so that
/// no query can open a file outside the mirror or change a setting. It is begun anew from time to time, while nobody uses it:
/// of blocks that are long free it remembers some 30 MB, outside of the memory that it is held to.
/// </summary>
internal sealed class DuckDbInstance(MirrorFolder folder, MirrorOptions options) : IDisposable
{
    /// <summary>Connections of one instance: some dozens of runs.</summary>
    internal const int LongestLife = 200;

    private readonly Lock opening = new();
    private SpillFolder? spill;
    private DuckDBConnection? instance;
    private int connections;
    private int openConnections;
    private bool isDisposed;

    /// <summary>A connection of its own to the instance; temporary tables are seen by it alone.</summary>
    public DuckDBConnection Open()
    {
        lock (opening)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (openConnections == 0 && (connections >= LongestLife || spill is { IsThere: false })) End();
            instance ??= Start();
            var connection = Opened(instance.Duplicate());
            connections++;
            Interlocked.Increment(ref openConnections);
            connection.Disposed += Closed;
            return connection;
        }
    }

    /// <summary>How many are open now: each holds its temporary tables.</summary>
    public int OpenConnections => openConnections;

    public void Dispose()
    {
        lock (opening)
        {
            isDisposed = true;
            End();
            spill?.Dispose();
        }
    }

    /// <summary>Told at every disposal of a connection; only the first counts.</summary>
    private void Closed(object? connection, EventArgs e)
    {
        ((DuckDBConnection)connection!).Disposed -= Closed;
        Interlocked.Decrement(ref openConnections);
    }

    private void End()
    {
        instance?.Dispose();
        (instance, connections) = (null, 0);
    }

    /// <summary>Each thread holds some thousand rows of every column: wide rows leave room for one.</summary>
    private const long MemoryForTwo = 64_000_000;

    private DuckDBConnection Start()
    {
        folder.Require();
        if (spill is { IsThere: false })
        {
            // With the mirror that was lost; this is a new one.
            spill.Dispose();
            spill = null;
        }

        spill ??= new(Path.Combine(folder.Root, "spill"));
        return Opened(
            new("Data Source=:memory:"),
            $"SET temp_directory = {Sql.Text(spill.Path)}",
            $"SET memory_limit = {Sql.Text(options.MemoryLimit)}",
            options.MemoryBytes < MemoryForTwo ? "SET threads = 1" : "SET threads = 2",
            "SET allocator_background_threads = true", // Freed memory goes back to the system, also of idle threads.
            "SET allocator_flush_threshold = '8MB'",
            "SET enable_external_file_cache = false", // Files read once must not fill the memory.
            $"SET allowed_directories = [{Sql.Text(folder.Root)}]",
            "SET enable_external_access = false",
            "SET lock_configuration = true");
    }

    /// <summary>One that cannot be opened or set is not left behind.</summary>
    private static DuckDBConnection Opened(DuckDBConnection connection, params string[] settings)
    {
        try
        {
            connection.Open();
            foreach (var setting in settings) connection.Execute(setting);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
