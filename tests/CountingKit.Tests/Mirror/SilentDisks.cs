using System.Diagnostics;
using CountingKit.Adapters.Mirror;

namespace CountingKit.Tests.Mirror;

/// <summary>A disk that does not answer, not even with an error.</summary>
public sealed class SilentDisks : IDisposable
{
    private readonly ManualResetEventSlim answer = new();

    public void Dispose()
    {
        answer.Set();
        answer.Dispose();
    }

    [Fact]
    public async Task Is_waited_for_once_for_a_while_and_used_again_when_it_has_answered()
    {
        var disk = new DiskPatience(TimeSpan.FromSeconds(2));
        var look = () => disk.Look(() =>
        {
            answer.Wait();
            return 1;
        });

        look.Should().Throw<TimeoutException>();
        var next = () => disk.Look(() => 2);
        var began = Stopwatch.GetTimestamp();
        next.Should().Throw<TimeoutException>("nobody waits once more for one that has been silent");
        Stopwatch.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(1.5));

        answer.Set();
        (await Answer(disk)).Should().Be(2);
    }

    [Fact]
    public void What_it_answers_with_is_thrown_as_it_is()
    {
        var failing = () => new DiskPatience(TimeSpan.FromMinutes(1)).Look<int>(() => throw new IOException("no"));

        failing.Should().ThrowExactly<IOException>().WithMessage("no");
    }

    /// <summary>It takes a moment until the look that was silent has ended.</summary>
    private static async Task<int> Answer(DiskPatience disk)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                return disk.Look(() => 2);
            }
            catch (TimeoutException)
            {
                await Task.Delay(10, patience.Token);
            }
        }
    }
}
