using CountingKit.Adapters.Embedded;
using CountingKit.Testing;
using Xunit.Abstractions;

namespace CountingKit.Tests.EventSourcing;

[Trait("Speed", "Slow")]
public sealed class EmbeddedEventStoreUnderKills(ITestOutputHelper output) : IDisposable
{
    private const int Writers = 16;

    private readonly TempFolder folder = new();
    private readonly LogChecker log = new();
    private readonly Random random = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_acknowledged_event_is_there_in_order_without_gap_or_double()
    {
        var kills = Scale.Of(usual: 10, full: 200);
        var acknowledged = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            using var process = new AppendingProcess(folder.Path, Writers);
            var told = await process.KillAfter(TimeSpan.FromMilliseconds(random.Next(0, 250)));

            told.Should().NotBeEmpty("the process should append until it is killed");
            await using var store = new EmbeddedEventStore(new(folder["events.db"]), TimeProvider.System);
            await log.Check(store, told, mostUnacknowledgedAppends: Writers);
            acknowledged += told.Count;
        }

        acknowledged.Should().BeGreaterThan(kills * Writers, "the writers should have got somewhere between kills");
        output.WriteLine($"{kills} kills, {acknowledged} events acknowledged, {log.Count} in the log.");
    }
}
