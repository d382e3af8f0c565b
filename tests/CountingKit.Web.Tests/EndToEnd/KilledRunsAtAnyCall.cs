using CountingKit.Testing;
using Xunit.Abstractions;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>SIGKILL of the portal at each call that a run makes, with the same outcome as in <see cref="KilledRuns"/>.</summary>
public sealed class KilledRunsAtAnyCall(ITestOutputHelper output)
{
    /// <summary>Few rows are all sent; of many only those that changed.</summary>
    public static TheoryData<int> Invoices => Scale.IsFull ? new(40, 400) : new(400);

    /// <summary>
    /// After each kill a lease must run out, so several installations share the calls among them: their waits overlap.
    /// </summary>
    [Theory]
    [MemberData(nameof(Invoices))]
    public async Task Killed_at_any_call_a_run_ends_once_and_has_written_once(int invoices)
    {
        var (next, killed) = (-1, 0);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => KillAtCalls()));

        killed.Should().BeGreaterThan(6, "a run with a change renews two sign-ins, reads, plans, writes and verifies");

        async Task KillAtCalls()
        {
            await using var own = new KilledRuns.Exported { Invoices = invoices };
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
                var run = await own.EndsOnceAndWroteOnce(runId, before);
                if (!isHeld && invoices > 40)
                    ((long?)run["rowsSent"]).Should().Be(1, "a run that was killed may not know what the tab holds; the next one does");
                if (!isHeld) continue;
                output.WriteLine($"Killed at call {call + 1}.");
                Interlocked.Increment(ref killed);
            }
        }
    }
}
