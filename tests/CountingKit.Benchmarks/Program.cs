using CountingKit.Benchmarks;

// What the README's figures come from: dotnet run -c Release --project tests/CountingKit.Benchmarks -- <name>
return args switch
{
    ["append"] => await AppendBenchmark.Run(),
    ["rebuild"] => await RebuildBenchmark.Run(),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("append");
    return 64;
}
