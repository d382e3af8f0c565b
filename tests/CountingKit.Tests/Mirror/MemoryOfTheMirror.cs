using System.Diagnostics;
using System.Globalization;
using CountingKit.Testing;
using CountingKit.Testing.Processes;
using Xunit.Abstractions;

namespace CountingKit.Tests.Mirror;

/// <summary>Each in a process of its own, under the default limit.</summary>
[Trait("Speed", "Slow")]
public sealed class MemoryOfTheMirror(ITestOutputHelper output)
{
    [Fact]
    public async Task Twenty_thousand_records_of_3_kilobytes_pass_through_a_small_heap()
    {
        var told = await Told("rows, heap, working set and its peak in MB", "mirror-of-many", 20_000);

        told[0].Should().Be(20_000);
        told[1].Should().BeLessThan(40, "the records alone are 60 MB");
        told[3].Should().BeLessThan(350, "that is runtime, DuckDB, and DuckDB's 128 MB");
    }

    /// <summary>Histories under which staging ran out of memory for good, at the last run or one before it.</summary>
    public static TheoryData<int, int, int> Histories
    {
        get
        {
            var usual = new TheoryData<int, int, int> { { 3_000, 22, 24 }, { 10_000, 50, 18 } };
            if (!Scale.IsFull) return usual;
            usual.Add(20_000, 100, 18);
            usual.Add(3_000, 10, 36);
            usual.Add(5_000, 5, 36);
            return usual;
        }
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task Runs_with_changes_go_on(int records, int changed, int runs)
    {
        var told = await Told(Runs, "mirror-of-runs", records, changed, runs, 3, "when-wanted");

        told[0].Should().Be(records);
    }

    [Fact]
    public async Task Thirty_three_segments_over_many_records_are_staged_compacted_and_projected()
    {
        var records = Scale.Of(20_000, 100_000);

        var told = await Told(Runs, "mirror-of-runs", records, records / 20, 33, 11, "at-the-end");

        told[..2].Should().Equal(records, 1);
        told[2].Should().BeLessThan(350, "that is runtime, DuckDB, and DuckDB's 128 MB");
    }

    /// <summary>A year of hourly runs in fast motion.</summary>
    [Fact]
    public async Task After_a_year_a_run_costs_what_it_cost_in_the_first_weeks()
    {
        // In small, a third is two whole rounds from one base to the next.
        var runs = Scale.Of(192, 8_760);

        var told = await Told(
            "rows, bases, peak in MB after a third and at the end, ms of the third third and of a second third beside it",
            "mirror-of-a-year", Scale.Of(1_000, 10_000), 5, runs, 24);

        told[1].Should().BeGreaterThanOrEqualTo(runs / 33);
        (told[3] - told[2]).Should().BeLessThan(Scale.Of(40, 25), "in MB, that is what a heap wavers by");
        ((double)told[4] / told[5]).Should().BeLessThan(1.2, "that is an old organization beside a younger one");
    }

    /// <summary>Rows that are looked at afterwards are read in parts, too.</summary>
    [Fact]
    public async Task A_hundred_thousand_past_rows_are_compared_and_written_to_files_within_seconds()
    {
        var rows = Scale.Of(100_000, 1_000_000);

        var told = await Told("changed rows, ms of the comparison and of three files, peak in MB", "history-of-many", rows);

        told[0].Should().Be(rows / 10);
        told[1].Should().BeLessThan(rows / 2, "that is ms, on any machine");
        told[3].Should().BeLessThan(400, "that is runtime, DuckDB, DuckDB's 128 MB, and a group of rows");
    }

    private const string Runs = "rows, bases, peak in MB";

    private async Task<int[]> Told(string what, string mode, params object[] arguments)
    {
        using var folder = new TempFolder();
        string[] all =
        [
            typeof(MirrorOfMany).Assembly.Location, mode, folder.Path,
            .. arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!),
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", all)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        output.WriteLine($"{what}: {line}");
        process.ExitCode.Should().Be(0, await errors);
        return [.. line.Split(' ').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
    }
}
