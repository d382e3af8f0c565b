using System.ComponentModel;
using System.Runtime.InteropServices;
using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;

namespace CountingKit.Testing.Processes;

/// <summary>
/// Appends until the system takes no more (a limit on the size of this process's files), reads what stands, does so
/// again, and goes on when there is room. Says on standard output what came of each.
/// </summary>
internal static class AppendOnFullDisk
{
    private const int FileSize = 1;
    private const PosixSignal FileSizeExceeded = (PosixSignal)25;
    private const string Stream = "disk-1";

    public static async Task<int> Run(string folder)
    {
        using var survive = PosixSignalRegistration.Create(FileSizeExceeded, context => context.Cancel = true);
        await using var store = new EmbeddedEventStore(new(Path.Combine(folder, "events.db")), TimeProvider.System);

        Allow(2 * 1024 * 1024);
        Console.WriteLine($"acknowledged {await AppendUntilRefused(store)}");
        Console.WriteLine($"readable {await Count(store)}");
        Console.WriteLine($"acknowledged {await AppendUntilRefused(store)}");
        Console.WriteLine($"readable {await Count(store)}");

        Allow(ulong.MaxValue);
        var appended = await store.Append(Stream, ExpectedRevision.StreamExists, [NewEvent()], CancellationToken.None);
        Console.WriteLine($"went on at {appended.Revision}");
        return 0;
    }

    private static async Task<int> AppendUntilRefused(EmbeddedEventStore store)
    {
        for (var acknowledged = 0; ; acknowledged++)
        {
            try
            {
                await store.Append(Stream, ExpectedRevision.Any, [NewEvent()], CancellationToken.None);
            }
            catch (EventStoreUnavailableException)
            {
                return acknowledged;
            }
        }
    }

    private static ValueTask<int> Count(EmbeddedEventStore store) =>
        store.ReadStream(Stream, ReadDirection.Forwards, null, null, CancellationToken.None).CountAsync();

    private static EventData NewEvent() => new(Guid.CreateVersion7(), "written.v1", new byte[50_000], new byte[2]);

    private static void Allow(ulong bytes)
    {
        var limit = new Limit { Soft = bytes, Hard = ulong.MaxValue };
        if (SetLimit(FileSize, ref limit) != 0) throw new Win32Exception();
    }

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static extern int SetLimit(int resource, ref Limit limit);

    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
