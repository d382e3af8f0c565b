using CountingKit.Testing;
using Xunit.Abstractions;

namespace CountingKit.Web.Tests.EndToEnd;

/// <summary>What a run costs does not grow with the number of runs before it.</summary>
public sealed class YearOfRuns(ITestOutputHelper output)
{
    private static readonly int Invoices = Scale.Of(400, 10_000);

    /// <summary>Other tests at the same time make a few dozens of runs slower by chance, but not a year of them.</summary>
    private static readonly double MostSlowing = Scale.IsFull ? 1.2 : 2;

    [Fact]
    public async Task Memory_stays_what_it_was_after_the_first_day_and_a_run_takes_as_long_as_in_the_first_days()
    {
        // As many as lie between a few new bases of the mirror: a run over many segments takes longer than over one.
        var (runs, window) = (Scale.Of(35, 8_760), Scale.Of(11, 99));
        await using var hourly = await HourlyRuns.Begin("file", Invoices, withServer: false);

        for (var i = 0; i < runs; i++) await hourly.Next();

        var (early, late) = (hourly.Hours.Skip(Scale.Of(12, 50)).Take(window).ToList(), hourly.Hours.TakeLast(window).ToList());
        var (firstDay, end) = (hourly.Hours[23].PeakMegabytes, hourly.Hours[^1].PeakMegabytes);
        output.WriteLine($"Peak after the first day {firstDay} MB, at the end {end} MB.");
        Tell("Early", early);
        Tell("Late", late);
        (Usual(late) / Usual(early)).Should().BeLessThan(MostSlowing, "that is the portal's time on the processors");
        ((double)end / firstDay).Should().BeLessThan(1.2);
    }

    [Fact]
    public async Task A_run_reads_as_many_events_as_in_the_first_days()
    {
        // From one base of the mirror to the next but one: what a run reads of it grows and shrinks again.
        var (cycles, runsOfCycle) = (Scale.Of(2, 3), Scale.Of(11, 32));
        var (first, window, between) = (Scale.Of(2, 96), cycles * runsOfCycle, Scale.Of(0, 312));
        await using var hourly = await HourlyRuns.Begin("server", Scale.Of(400, 2_000), withServer: true);

        for (var i = 0; i < first + window + between + window; i++) await hourly.Next();

        var (early, late) = (hourly.Hours.Skip(first).Take(window).ToList(), hourly.Hours.TakeLast(window).ToList());
        Tell("Early", early);
        Tell("Late", late);
        early.Should().OnlyContain(hour => hour.EventsRead > 0);
        // Of the run in the middle: one that asks some times whether its exporter is free already reads a little more.
        (Median(late, hour => hour.EventsRead) / Median(early, hour => hour.EventsRead)).Should().BeInRange(0.9, 1.1);
    }

    /// <summary>In milliseconds, of the quarter that was disturbed least.</summary>
    private static double Usual(List<Hour> hours) => hours.Select(hour => hour.Busy.TotalMilliseconds).Order().ElementAt(hours.Count / 4);

    private void Tell(string when, List<Hour> hours) => output.WriteLine(
        $"{when}: median {Median(hours, hour => hour.Elapsed.TotalMilliseconds):0} ms a run, "
        + $"{hours.Average(hour => hour.Busy.TotalMilliseconds):0} ms on the processors, "
        + $"{hours.Average(hour => hour.EventsRead):0.0} events read.");

    private static double Median(List<Hour> hours, Func<Hour, double> of) => hours.Select(of).Order().ElementAt(hours.Count / 2);
}
