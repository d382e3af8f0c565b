using CountingKit.Benchmarks;

// What the README's figures come from: dotnet run -c Release --project tests/CountingKit.Benchmarks -- <name>
return args switch
{
    ["append"] => await AppendBenchmark.Run(),
    ["patch"] => await PatchBenchmark.Run(),
    ["pages"] => await PagesBenchmark.Run(),
    ["rebuild"] => await RebuildBenchmark.OnFiles(),
    ["rebuild-on-servers"] => await RebuildBenchmark.OnServers(),
    ["read"] => await ReadBenchmark.Read(),
    ["staging"] => await StagingBenchmark.Run(),
    ["subscribe"] => await ReadBenchmark.Subscribe(),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("append, pages, patch, rebuild, rebuild-on-servers, read, staging or subscribe");
    return 64;
}
