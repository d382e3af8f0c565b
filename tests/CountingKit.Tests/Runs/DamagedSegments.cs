using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Tests.Connections;
using CountingKit.Tests.Exporters;

namespace CountingKit.Tests.Runs;

[Trait("Speed", "Slow")]
public sealed class DamagedSegments(ConnectionSandbox sandbox) : IClassFixture<ConnectionSandbox>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_segment_that_is_missing_or_was_changed_is_healed_by_the_next_run(bool isMissing)
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        var configuration = Configurations.Invoices with { ConnectionIds = [connected.ConnectionId] };
        var before = Made(await house.CarryOut(configuration));
        foreach (var path in Directory.EnumerateFiles(house.Mirror, "*.segment", SearchOption.AllDirectories))
        {
            if (isMissing) File.Delete(path);
            else await File.WriteAllTextAsync(path, "changed from outside");
        }

        var preview = () => house.Send(new PreviewExporter(configuration));
        (await preview.Should().ThrowAsync<RefusedException>()).Which.Code.Should().Be("CK-MIRROR-01");
        var healed = Made(await house.CarryOut(configuration));

        before.Rows.Should().BePositive();
        healed.Hash.Should().Be(before.Hash);
        (await house.Send(new PreviewExporter(configuration))).Rows.Should().NotBeEmpty();
    }

    [Fact]
    public async Task While_the_mirror_is_away_the_preview_says_that_there_are_no_rows_now()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        var configuration = Configurations.Invoices with { ConnectionIds = [connected.ConnectionId] };
        await house.CarryOut(configuration);
        Directory.Move(house.Mirror, $"{house.Mirror}-elsewhere");

        var preview = () => house.Send(new PreviewExporter(configuration));

        (await preview.Should().ThrowAsync<RefusedException>()).Which.Code.Should().Be("CK-STORE-18");
        Directory.Move($"{house.Mirror}-elsewhere", house.Mirror);
        (await preview()).Rows.Should().NotBeEmpty();
    }

    private static Snapshot Made(IEnumerable<IEvent> events) =>
        events.OfType<SnapshotMade>().Should().ContainSingle().Subject.Snapshot;
}
