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

    /// <summary>A connection of its own to the instance; temporary tables are seen by it alone.</summary>
    public DuckDBConnection Open()
    {
        lock (opening)
        {
            if (connections >= LongestLife && openConnections == 0) End();
            instance ??= Start();
            connections++;
            var connection = instance.Duplicate();
            connection.Open();
            Interlocked.Increment(ref openConnections);
            connection.Disposed += (_, _) => Interlocked.Decrement(ref openConnections);
            return connection;
        }
    }

    /// <summary>How many are open now: each holds its temporary tables.</summary>
    public int OpenConnections => openConnections;

    public void Dispose()
    {
        End();
        spill?.Dispose();
    }

    private void End()
    {
        instance?.Dispose();
        (instance, connections) = (null, 0);
    }

    private DuckDBConnection Start()
    {
        folder.Begin();
        spill ??= new(Path.Combine(folder.Root, "spill"));
        var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute($"SET temp_directory = {Sql.Text(spill.Path)}");
        connection.Execute($"SET memory_limit = {Sql.Text(options.MemoryLimit)}");
        connection.Execute("SET threads = 2");
        connection.Execute("SET allocator_background_threads = true"); // Freed memory goes back to the system, also of idle threads.
        connection.Execute("SET allocator_flush_threshold = '8MB'");
        connection.Execute("SET enable_external_file_cache = false"); // Files read once must not fill the memory.
        connection.Execute($"SET allowed_directories = [{Sql.Text(folder.Root)}]");
        connection.Execute("SET enable_external_access = false");
        connection.Execute("SET lock_configuration = true");
        return connection;
    }
}
