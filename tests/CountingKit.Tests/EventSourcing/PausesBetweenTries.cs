using CountingKit.EventSourcing;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.EventSourcing;

public sealed class PausesBetweenTries
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 16)]
    [InlineData(5, 20)]
    [InlineData(int.MaxValue, 20)]
    public void They_double_up_to_the_most_and_are_shortened_by_half_at_most(int failures, int seconds)
    {
        var pauses = Enumerable.Range(0, 200).Select(_ => BackOff.Of(failures, Least, Most).TotalSeconds).ToList();

        pauses.Should().OnlyContain(pause => pause >= seconds / 2.0 && pause <= seconds);
        pauses.Distinct().Should().HaveCountGreaterThan(1, "many who failed together do not come back together");
    }

    [Fact]
    public async Task After_a_success_they_begin_anew()
    {
        var clock = new FakeTimeProvider();
        var backOff = new BackOff(Least, Most, clock);
        for (var i = 0; i < 4; i++) _ = backOff.Wait(default);
        backOff.Reset();

        var pause = backOff.Wait(default);
        clock.Advance(Least);

        await pause.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
