using System.Diagnostics;
using CountingKit.Adapters.Embedded;
using CountingKit.Testing;
using CountingKit.Testing.Processes;
using Xunit.Abstractions;

namespace CountingKit.Tests.EventSourcing;

public sealed class EmbeddedEventStoreUnderKills(ITestOutputHelper output) : IDisposable
{
    private const int Writers = 16;

    private readonly TempFolder folder = new();
    private readonly LogChecker log = new();
    private readonly Random random = new(20261122);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_acknowledged_event_is_there_in_order_without_gap_or_double()
    {
        var kills = Scale.Of(usual: 10, full: 200);
        var acknowledged = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            var told = await AppendAndKill(TimeSpan.FromMilliseconds(random.Next(0, 250)));
            await using var store = new EmbeddedEventStore(new(folder["events.db"]), TimeProvider.System);
            await log.Check(store, told, mostUnacknowledgedAppends: Writers);
            acknowledged += told.Count;
        }

        acknowledged.Should().BeGreaterThan(kills * Writers, "the writers should have got somewhere between kills");
        output.WriteLine($"{kills} kills, {acknowledged} events acknowledged, {log.Count} in the log.");
    }

    /// <summary>Gives what the process had said when it was killed, some time after its first acknowledgement.</summary>
    private async Task<List<Acknowledged>> AppendAndKill(TimeSpan after)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(Acknowledged).Assembly.Location, "append-until-killed", folder.Path, $"{Writers}" },
            RedirectStandardOutput = true,
        })!;
        var told = new List<Acknowledged>();
        var killing = Task.CompletedTask;
        await foreach (var line in WholeLines(process.StandardOutput))
        {
            if (told.Count == 0) killing = Kill(process, after);
            told.Add(Acknowledged.Parse(line));
        }

        await killing;
        await process.WaitForExitAsync();
        told.Should().NotBeEmpty("the process should append until it is killed");
        return told;
    }

    private static async Task Kill(Process process, TimeSpan after)
    {
        await Task.Delay(after);
        process.Kill();
    }

    /// <summary>The lines that end: the kill may have cut the last one.</summary>
    private static async IAsyncEnumerable<string> WholeLines(StreamReader reader)
    {
        var rest = string.Empty;
        var buffer = new char[16 * 1024];
        for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
        {
            var lines = (rest + new string(buffer, 0, read)).Split('\n');
            foreach (var line in lines[..^1]) yield return line;
            rest = lines[^1];
        }
    }
}
