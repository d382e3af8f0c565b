using CountingKit.Runs;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

public sealed class RemovedRowsTold
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid Before = Guid.Parse("0193a000-0000-7000-8000-0000000000a1");
    private static readonly Guid Exporter = Guid.Parse("0193a000-0000-7000-8000-0000000000e0");

    private static readonly RunStarted Started = new(
        Guid.Parse("0193a000-0000-7000-8000-0000000000a2"), Exporter, 1, Invoices, "sheet-1", Book, RunTrigger.Person, Now,
        Last: new LastWrite(
            Before, 1, new Snapshot(new string('a', 64), Acme, "invoices", [], 1_234, 100), "layout", "sheet-1", 7, "Invoices",
            12, Now));

    [Fact]
    public void A_run_that_stops_says_what_the_tab_holds_and_both_ways_on() =>
        RemovedRows.WouldEmpty(1_234).Should().Contain("holds 1,234.").And.Contain("Write anyway").And.Contain("filters");

    [Fact]
    public void Few_are_not_told() => RemovedRows.Many(Started, new Difference(0, 0, 30, 70)).Should().BeNull();

    [Fact]
    public void Many_are_told_with_separators_their_cause_and_what_to_do()
    {
        var all = new Difference(0, 0, 1_234, 0);

        var unchanged = RemovedRows.Many(Started, all)!;
        var changed = RemovedRows.Many(Started with { ConfigurationVersion = 2 }, all)!;
        var replayed = RemovedRows.Many(Started with { ReplayOf = Before }, all)!;

        new[] { unchanged, changed, replayed }.Should().OnlyContain(
            warning => warning.Code == "CK-RUN-08" && warning.Message.StartsWith("1,234 of 1,234 rows ", StringComparison.Ordinal));
        unchanged.Message.Should().Contain("look at the organization in Xero");
        changed.Message.Should().Contain("The exporter was changed").And.Contain("change its filters");
        replayed.Message.Should().Contain("earlier run");
    }
}
