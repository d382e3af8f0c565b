using CountingKit.Testing.Processes;

// The process that kill tests kill and memory tests measure. The first argument names what it does, the rest are that one's own.
return args switch
{
    ["append-until-killed", var folder, var writers] => await AppendUntilKilled.Run(folder, writers),
    ["append-on-full-disk", var folder] => await AppendOnFullDisk.Run(folder),
    ["mirror-of-many", var folder, var records] => await MirrorOfMany.Run(folder, records),
    ["event-store-db", var folder, var port] => await EventStoreDbServer.Run(folder, port),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("""
        append-until-killed <folder> <writers>
        append-on-full-disk <folder>
        mirror-of-many <folder> <records>
        event-store-db <folder> <port>
        """);
    return 64;
}
