using System.Diagnostics;
using System.Globalization;
using CountingKit.Testing;
using CountingKit.Testing.Processes;
using Xunit.Abstractions;

namespace CountingKit.Tests.Mirror;

public sealed class MemoryOfTheMirror(ITestOutputHelper output)
{
    [Fact]
    public async Task Twenty_thousand_records_of_3_kilobytes_pass_through_a_small_heap()
    {
        using var folder = new TempFolder();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(MirrorOfMany).Assembly.Location, "mirror-of-many", folder.Path, "20000"])
        {
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        output.WriteLine($"rows, heap, working set and its peak in MB: {line}");
        process.ExitCode.Should().Be(0);
        int[] told = [.. line.Split(' ').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        told[0].Should().Be(20_000);
        told[1].Should().BeLessThan(40, "the records alone are 60 MB");
        told[3].Should().BeLessThan(350, "that is runtime, DuckDB, and DuckDB's 128 MB");
    }
}
