using System.Globalization;
using CountingKit.Testing.Processes;

// The process that kill tests kill and memory tests measure. The first argument names what it does, the rest are that one's own.
return args switch
{
    ["append-until-killed", var folder, var writers] => await AppendUntilKilled.Run(folder, writers),
    ["append-on-full-disk", var folder] => await AppendOnFullDisk.Run(folder),
    ["mirror-of-many", var folder, var records] => await MirrorOfMany.Run(folder, records),
    ["history-of-many", var folder, var rows] => await HistoryOfMany.Run(folder, Number(rows)),
    ["mirror-of-runs", var folder, var records, var changed, var runs, var rowsEvery, var bases] =>
        await MirrorOfRuns.Run(folder, Number(records), Number(changed), Number(runs), Number(rowsEvery), bases),
    ["mirror-of-a-year", var folder, var records, var changed, var runs, var rowsEvery] =>
        await MirrorOfRuns.Year(folder, Number(records), Number(changed), Number(runs), Number(rowsEvery)),
    ["event-store-db", var folder, var port] => await EventStoreDbServer.Run(folder, port),
    _ => Unknown(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Unknown()
{
    Console.Error.WriteLine("""
        append-until-killed <folder> <writers>
        append-on-full-disk <folder>
        mirror-of-many <folder> <records>
        history-of-many <folder> <rows>
        mirror-of-runs <folder> <records> <changed> <runs> <rows every> when-wanted|at-the-end
        mirror-of-a-year <folder> <records> <changed> <runs> <rows every>
        event-store-db <folder> <port>
        """);
    return 64;
}
