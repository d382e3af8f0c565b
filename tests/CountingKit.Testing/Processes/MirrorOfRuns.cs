using System.Diagnostics;
using System.Globalization;
using CountingKit.Adapters.Mirror;
using CountingKit.Mirror;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Testing.Processes;

/// <summary>Runs over a mirror under its default limit, in a process of their own.</summary>
public static class MirrorOfRuns
{
    /// <summary>Tells on one line: rows, new bases, and the peak of the working set in MB.</summary>
    public static async Task<int> Run(string folder, int records, int changed, int runs, int rowsEvery, string bases)
    {
        await using var services = Services(folder);
        var history = new MirrorHistory(
            services.GetRequiredService<IMirror>(), records, changed, rowsEvery, bases == "at-the-end" ? runs : null);

        for (var run = 0; run <= runs; run++) await history.Next();
        await history.Project();

        Tell($"{history.Rows} {history.Bases} {Peak()}");
        return 0;
    }

    /// <summary>
    /// A third of an old organization's runs beside as many of a younger one, by turns: what else the machine does meets
    /// both. Tells on one line: the old one's rows and new bases, the peak of the working set in MB after its first third
    /// and at the end, and the processor's time in ms of its last third and of the younger one's runs beside it.
    /// </summary>
    public static async Task<int> Year(string folder, int records, int changed, int runs, int rowsEvery)
    {
        await using var services = Services(folder);
        var mirror = services.GetRequiredService<IMirror>();
        var (old, young) = (History(), History());
        var (third, late, early) = (runs / 3, new List<MirrorHistory.Spent>(), new List<MirrorHistory.Spent>());

        for (var run = 0; run <= third; run++) await old.Next();
        var peak = Peak();
        for (var run = 0; run < third; run++) await old.Next();
        for (var run = 0; run <= third; run++) await young.Next();
        for (var run = 0; run < third; run++)
        {
            late.Add(await old.Next());
            early.Add(await young.Next());
        }

        await old.Project();
        Tell($"{old.Rows} {old.Bases} {peak} {Peak()} {Undisturbed(late):0} {Undisturbed(early):0}");
        return 0;

        MirrorHistory History() => new(mirror, records, changed, rowsEvery, lastRun: null);
    }

    private static ServiceProvider Services(string folder) =>
        new ServiceCollection().AddMirror(new MirrorOptions(folder)).BuildServiceProvider();

    private static void Tell(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>In milliseconds. Each run counts as the quarter of its like that was disturbed least.</summary>
    private static double Undisturbed(List<MirrorHistory.Spent> runs) => runs
        .GroupBy(run => (run.MakesBase, run.MakesRows), run => run.Busy.TotalMilliseconds)
        .Sum(alike => alike.Count() * alike.Order().ElementAt(alike.Count() / 4));

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }
}
