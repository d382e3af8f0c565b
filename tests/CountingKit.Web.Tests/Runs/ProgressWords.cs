using CountingKit.Mirror;
using CountingKit.Runs;
using CountingKit.Web.Features.Runs;

namespace CountingKit.Web.Tests.Runs;

/// <summary>What a run that goes on is doing, in words.</summary>
public sealed class ProgressWords
{
    [Theory]
    [InlineData(5, "less than a minute")]
    [InlineData(60, "about 1 minute")]
    [InlineData(61, "about 2 minutes")]
    [InlineData(120, "about 2 minutes")]
    [InlineData(3540, "about 59 minutes")]
    [InlineData(3600, "about 1 hour")]
    [InlineData(3601, "about 2 hours")]
    [InlineData(7300, "about 3 hours")]
    public void What_is_left_is_rounded_up(int seconds, string words) =>
        RunProgressWords.Left(TimeSpan.FromSeconds(seconds)).Should().Be(words);

    [Theory]
    [InlineData(RunListProjection.Reading, false, "Read Xero")]
    [InlineData(RunListProjection.Making, false, "Make the rows")]
    [InlineData(RunListProjection.Comparing, false, "Compare and write")]
    [InlineData(RunListProjection.Writing, false, "Compare and write")]
    [InlineData(RunListProjection.Opening, true, "Open the kept rows")]
    [InlineData(RunListProjection.Comparing, true, "Compare and write")]
    [InlineData(RunListProjection.Writing, true, "Compare and write")]
    public void Each_step_of_a_row_has_its_place(string step, bool isReplay, string title)
    {
        var (titles, now) = RunProgressWords.Steps(Running(step, isReplay))!.Value;

        titles[now].Should().Be(title);
        RunProgressWords.Steps(Running(step, isReplay) with { Progress = new(IsChecking: true) })!.Value.Now.Should().Be(titles.Count - 1);
    }

    [Fact]
    public void A_step_that_is_not_known_here_has_none() => RunProgressWords.Steps(Running("Counting the sheep")).Should().BeNull();

    [Fact]
    public void All_that_is_known_stands_in_a_line() =>
        RunProgressWords.Line(Running(RunListProjection.Reading) with { Progress = Read(6, 12, 600, 1200), Left = TimeSpan.FromSeconds(100) })
            .Should().Be("600 of 1,200 records · page 6 of 12 · 8 calls to Xero · about 2 minutes of reading left");

    [Theory]
    [InlineData(6, 12, 600L, null, "600 records so far · 8 calls to Xero")]
    [InlineData(6, null, 600L, 1200L, "600 of 1,200 records · 8 calls to Xero")]
    [InlineData(14, 12, 1300L, 1200L, "1,300 records so far · 8 calls to Xero")]
    [InlineData(1, 1, 1L, null, "1 record so far · 8 calls to Xero")]
    public void What_is_not_known_is_left_out(int pages, int? pageCount, long records, long? all, string words) =>
        RunProgressWords.Line(Running(RunListProjection.Reading) with { Progress = Read(pages, pageCount, records, all) }).Should().Be(words);

    [Fact]
    public void A_replay_says_that_Xero_is_not_asked() =>
        RunProgressWords.Line(Running(RunListProjection.Opening, isReplay: true)).Should().Be("Xero is not asked");

    [Fact]
    public void Who_listens_hears_of_it_a_few_times_in_a_run() => Enumerable.Range(1, 1000)
        .Select(page => RunProgressWords.Said(Running(RunListProjection.Reading) with { Progress = Read(page, 1000, page, 1000) })).Distinct()
        .Should().Equal(
            "Reading from Xero.", "Reading from Xero: a quarter is done.", "Reading from Xero: half is done.",
            "Reading from Xero: three quarters are done.");

    [Fact]
    public void Lists_tell_it_in_a_few_words()
    {
        (RunProgressWords.InRow(Read(6, 12, 599, 1200)), RunProgressWords.InRow(Read(6, 12, 1599, null)), RunProgressWords.InRow(null))
            .Should().Be(("49% read", "1,599 read", null));
        RunProgressWords.InRow(new(IsChecking: true)).Should().Be("checking");
    }

    [Fact]
    public void Many_rows_that_are_sent_are_counted_and_the_tab_is_told_to_be_as_it_was()
    {
        var sending = new RunProgress(Sending: new(12_000, 100_001));

        RunProgressWords.Line(Running(RunListProjection.Writing) with { Progress = sending })
            .Should().Be("12,000 of 100,001 rows sent; the tab changes once all of them are there · 8 calls to Xero");
        (RunProgressWords.InRow(sending), RunProgressWords.Percent(sending)).Should().Be(("11% sent", 11));
        RunProgressWords.Said(Running(RunListProjection.Writing) with { Progress = sending }).Should().Be("Sending the rows.");
    }

    private static RunningRun Running(string step, bool isReplay = false) => new(step, isReplay, null, isReplay ? 0 : 8, null);

    private static RunProgress Read(int pages, int? pageCount, long records, long? all) =>
        new(new RunReading(new ReadSoFar(pages, pageCount, records, all), DateTime.UnixEpoch));
}
