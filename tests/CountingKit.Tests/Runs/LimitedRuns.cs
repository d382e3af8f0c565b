using CountingKit.Runs;
using CountingKit.Tests.Connections;
using CountingKit.Tests.Exporters;

namespace CountingKit.Tests.Runs;

public sealed class LimitedRuns(ConnectionSandbox sandbox) : IClassFixture<ConnectionSandbox>
{
    [Fact]
    public async Task A_limit_of_some_minutes_is_waited_for_and_ends_no_run()
    {
        await using var house = await ConnectionHouse.Open(sandbox.Process);
        var connected = await house.Connect(sandbox.First);
        var configuration = Configurations.Invoices with { ConnectionIds = [connected.ConnectionId] };
        await sandbox.Process.Control.AddFault(
            new { vendor = "xero", pathPattern = "Invoices", times = 1000, kind = "status", status = 429 });

        var events = await house.CarryOut(configuration);

        await sandbox.Process.Control.ClearFaults();
        events.OfType<RunFailed>().Should().BeEmpty();
        var wait = events.OfType<RunWaited>().Should().ContainSingle().Subject;
        wait.Code.Should().Be("CK-XERO-LIMIT-02");
        wait.Until.Should().BeCloseTo(TimeProvider.System.GetUtcNow().AddMinutes(5), TimeSpan.FromMinutes(1));
    }
}
