namespace CountingKit.Sandbox.Hosting;

/// <summary>What the host itself keeps on disk: the clock's offset and the journal.</summary>
internal sealed class HostState(string folder)
{
    public SandboxFile File { get; } = new(Path.Combine(folder, "host.db"), """
        CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), offset_ticks INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT NOT NULL);
        """);
}
