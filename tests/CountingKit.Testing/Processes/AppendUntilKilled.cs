using System.Globalization;
using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;

namespace CountingKit.Testing.Processes;

/// <summary>
/// Writers that append to the store in a folder until somebody kills the process. Each event goes to standard output
/// only after its append was acknowledged, as a line of <see cref="Acknowledged"/>.
/// </summary>
internal static class AppendUntilKilled
{
    /// <summary>Every so many appends a writer writes to the stream that all share.</summary>
    private const int SharedEvery = 4;

    public static async Task<int> Run(string folder, string writers)
    {
        var options = new EmbeddedEventStoreOptions(Path.Combine(folder, "events.db"));
        await using var store = new EmbeddedEventStore(options, TimeProvider.System);
        await using var output = Console.OpenStandardOutput();
        using var oneAtATime = new SemaphoreSlim(1);
        await Task.WhenAll(Enumerable.Range(0, int.Parse(writers, CultureInfo.InvariantCulture)).Select(
            writer => Task.Run(() => Write(store, $"writer-{writer}-{Environment.ProcessId}", Print))));
        return 0;

        async Task Print(ReadOnlyMemory<byte> lines)
        {
            await oneAtATime.WaitAsync();
            await output.WriteAsync(lines);
            await output.FlushAsync();
            oneAtATime.Release();
        }
    }

    private static async Task Write(EmbeddedEventStore store, string own, Func<ReadOnlyMemory<byte>, Task> print)
    {
        ulong? last = null;
        for (var turn = 0; ; turn++)
        {
            var events = Enumerable.Range(0, 1 + (turn % 3)).Select(_ => NewEvent()).ToArray();
            var isShared = turn % SharedEvery == 0;
            var stream = isShared ? "shared-stream" : own;
            var expected = isShared ? ExpectedRevision.Any : ExpectedRevision.After(last);
            var appended = await store.Append(stream, expected, events, CancellationToken.None);
            if (!isShared) last = appended.Revision;
            await print(Acknowledged.Lines(stream, appended, events));
        }
    }

    private static EventData NewEvent() => new(Guid.CreateVersion7(), "written.v1", new byte[200], new byte[100]);
}
