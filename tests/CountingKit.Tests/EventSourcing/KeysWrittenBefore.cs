using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

public sealed class KeysWrittenBefore
{
    /// <summary>Three full layers take 0.5 % each, the fourth is a quarter full.</summary>
    [Fact]
    public void No_key_is_forgotten_and_few_others_are_taken_for_one_however_many_there_are()
    {
        const int keys = 300_000, others = 100_000, few = others / 50;
        var filter = new KeyFilter();

        for (var key = 0; key < keys; key++) filter.Add(typeof(string), key);

        Enumerable.Range(0, keys).Should().OnlyContain(key => filter.MayHold(typeof(string), key));
        Enumerable.Range(keys, others).Count(key => filter.MayHold(typeof(string), key)).Should().BeLessThan(few);
        Enumerable.Range(0, others).Count(key => filter.MayHold(typeof(int), key)).Should().BeLessThan(few);
    }

    [Fact]
    public void The_keys_of_months_of_runs_take_less_than_a_megabyte()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var filter = new KeyFilter();
        for (var key = 0; key < 60_000; key++) filter.Add(typeof(string), new Key(key));

        var taken = GC.GetAllocatedBytesForCurrentThread() - before - (60_000 * 24);

        taken.Should().BeLessThan(1 << 20);
    }

    private sealed record Key(int Number);
}
