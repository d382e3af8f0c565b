using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Tests.Connections;
using CountingKit.Tests.Exporters;

namespace CountingKit.Tests.Runs;

/// <summary>What becomes of a run when the mirror's memory does not suffice.</summary>
[Trait("Speed", "Slow")]
public sealed class LittleMemory(ConnectionSandbox sandbox) : IClassFixture<ConnectionSandbox>
{
    [Fact]
    public async Task A_reading_that_does_not_fit_is_tried_once_more_over_one_base()
    {
        await using var house = await WithThreeSegments();
        house.StagingsThatFail = 1;
        house.Pages = _ => Task.FromResult(SyncHouse.Of(2, total: 9));

        var (segments, _) = await house.BringUpToDate();

        segments.Select(segment => (segment.IsBase, segment.Versions)).Should().Equal((true, 40), (false, 2));
    }

    [Fact]
    public async Task A_reading_that_does_not_fit_again_ends_and_the_next_run_reads_the_same()
    {
        await using var house = await WithThreeSegments();
        var before = await house.State();
        house.StagingsThatFail = 2;
        house.Pages = _ => Task.FromResult(SyncHouse.Of(2, total: 9));

        var read = () => house.BringUpToDate();

        await read.Should().ThrowAsync<MirrorMemoryException>();
        (await house.State()).Should().BeEquivalentTo(before);
        (await house.BringUpToDate()).Segments.Should().HaveCount(2);
        house.Asked[^1].Should().NotBeNull("nothing must be read anew");
    }

    [Fact]
    public async Task A_run_without_enough_memory_tells_which_setting_to_raise()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process, memoryLimit: "1 MB");
        var connected = await house.Connect(sandbox.First);
        var configuration = Configurations.Invoices with { ConnectionIds = [connected.ConnectionId] };

        var failed = (await house.CarryOut(configuration)).OfType<RunFailed>().Should().ContainSingle().Subject;

        failed.Code.Should().Be("CK-MIRROR-02");
        failed.Message.Should().Contain("Mirror__MemoryLimit").And.Contain("Nothing was written.");
        failed.SheetUntouched.Should().BeTrue();
    }

    private static async Task<SyncHouse> WithThreeSegments()
    {
        var house = new SyncHouse { Pages = _ => Task.FromResult(SyncHouse.Of(40)) };
        await house.BringUpToDate();
        foreach (var total in (decimal[])[5, 7])
        {
            house.Pages = _ => Task.FromResult(SyncHouse.Of(2, total: total));
            await house.BringUpToDate();
        }

        return house;
    }
}
