using Xunit.Abstractions;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>SIGKILL of the portal at each call that a run makes, with the same outcome as in <see cref="KilledRuns"/>.</summary>
public sealed class KilledRunsAtAnyCall(ITestOutputHelper output)
{
    /// <summary>
    /// After each kill a lease must run out, so several installations share the calls among them: their waits overlap.
    /// </summary>
    [Fact]
    public async Task Killed_at_any_call_a_run_ends_once_and_has_written_once()
    {
        var (next, killed) = (-1, 0);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => KillAtCalls()));

        killed.Should().BeGreaterThan(6, "a run with a change renews two sign-ins, reads, plans, writes and verifies");

        async Task KillAtCalls()
        {
            await using var own = new KilledRuns.Exported();
            await own.InitializeAsync();
            for (var isHeld = true; isHeld;)
            {
                var call = Interlocked.Increment(ref next);
                var before = await own.Change();
                await own.Control.SetGate(null, "", call);
                var runId = await own.Journey.StartRun(own.ExporterId);
                isHeld = await own.HeldOrEnded(runId);
                if (isHeld) await own.KillAndRestart();
                else await own.Control.ReleaseGate();
                await own.EndsOnceAndWroteOnce(runId, before);
                if (!isHeld) continue;
                output.WriteLine($"Killed at call {call + 1}.");
                Interlocked.Increment(ref killed);
            }
        }
    }
}
