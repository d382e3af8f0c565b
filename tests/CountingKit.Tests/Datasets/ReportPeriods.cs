using System.Globalization;
using CountingKit.Connections;
using CountingKit.Datasets;

namespace CountingKit.Tests.Datasets;

/// <summary>Which periods a report is asked for, by the organization's own days and financial year.</summary>
public sealed class ReportPeriods
{
    private static readonly ReportKind ProfitAndLoss = DatasetCatalogue.Get("profitAndLoss").Report!;
    private static readonly ReportKind BalanceSheet = DatasetCatalogue.Get("balanceSheet").Report!;

    /// <summary>Years end in March; it is November 30 there, while UTC has November 29.</summary>
    private static readonly ReportCalendar Auckland = Calendar("NEWZEALANDSTANDARDTIME", 3, 31);
    private static readonly DateTimeOffset Now = Utc("2026-11-29 12:00");

    [Theory]
    [InlineData(ReportUnit.Month, ReportRange.ThisMonth, "2026-11-01/2026-11-30")]
    [InlineData(ReportUnit.Month, ReportRange.LastMonth, "2026-10-01/2026-10-31")]
    [InlineData(ReportUnit.Quarter, ReportRange.ThisQuarter, "2026-10-01/2026-12-31")]
    [InlineData(ReportUnit.Month, ReportRange.LastQuarter, "2026-07-01/2026-07-31 2026-08-01/2026-08-31 2026-09-01/2026-09-30")]
    [InlineData(ReportUnit.Year, ReportRange.ThisYear, "2026-04-01/2027-03-31")]
    [InlineData(ReportUnit.Year, ReportRange.LastYear, "2025-04-01/2026-03-31")]
    [InlineData(ReportUnit.Whole, ReportRange.YearToDate, "2026-04-01/2026-11-30")]
    [InlineData(ReportUnit.Quarter, ReportRange.YearToDate, "2026-04-01/2026-06-30 2026-07-01/2026-09-30 2026-10-01/2026-12-31")]
    [InlineData(ReportUnit.Month, ReportRange.Last, "2026-09-01/2026-09-30 2026-10-01/2026-10-31 2026-11-01/2026-11-30")]
    [InlineData(ReportUnit.Quarter, ReportRange.Last, "2026-04-01/2026-06-30 2026-07-01/2026-09-30 2026-10-01/2026-12-31")]
    [InlineData(ReportUnit.Year, ReportRange.Last, "2024-04-01/2025-03-31 2025-04-01/2026-03-31 2026-04-01/2027-03-31")]
    [InlineData(ReportUnit.Whole, ReportRange.Last, "2026-09-01/2026-11-30")]
    public void Moving_days_are_those_of_the_moment(ReportUnit unit, ReportRange range, string periods) =>
        Keys(Auckland, ProfitAndLoss, new(unit, range, Count: 3), Now).Should().Be(periods);

    [Fact]
    public void Chosen_days_are_cut_where_they_begin_and_end_and_balances_are_of_whole_months()
    {
        var (first, last) = (Day("2026-01-15"), Day("2026-03-10"));

        Keys(Auckland, ProfitAndLoss, new(Range: ReportRange.Fixed), Now, first, last)
            .Should().Be("2026-01-15/2026-01-31 2026-02-01/2026-02-28 2026-03-01/2026-03-10");
        Keys(Auckland, BalanceSheet, new(Range: ReportRange.Fixed), Now, first, last)
            .Should().Be("2026-01-31 2026-02-28 2026-03-31");
    }

    [Theory]
    [InlineData("2026-04-05 12:00", "2025-04-06/2026-04-05")]
    [InlineData("2026-04-06 12:00", "2026-04-06/2027-04-05")]
    public void A_financial_year_may_end_within_a_month(string now, string period) =>
        Keys(Calendar("GMTSTANDARDTIME", 4, 5), ProfitAndLoss, new(ReportUnit.Year, ReportRange.ThisYear), Utc(now)).Should().Be(period);

    [Fact]
    public void Months_of_a_year_that_ends_within_one_are_cut_so_that_they_add_up_to_it() =>
        Keys(Calendar("GMTSTANDARDTIME", 4, 5), ProfitAndLoss, new(Range: ReportRange.ThisYear), Utc("2026-04-05 12:00"))
            .Split(' ').Should().HaveCount(13).And.StartWith("2025-04-06/2025-04-30").And.EndWith("2026-04-01/2026-04-05");

    [Fact]
    public void Years_that_end_with_February_have_their_29th() =>
        Keys(Calendar("GMTSTANDARDTIME", 2, 28), ProfitAndLoss, new(ReportUnit.Year, ReportRange.LastYear), Utc("2028-06-01 00:00"))
            .Should().Be("2027-03-01/2028-02-29");

    [Fact]
    public void Without_a_financial_year_only_months_are_known()
    {
        var calendar = new ReportCalendar(TimeZoneInfo.Utc, null);

        calendar.Knows(new()).Should().BeTrue();
        calendar.Knows(new(ReportUnit.Quarter)).Should().BeFalse();
        calendar.Knows(new(Range: ReportRange.YearToDate)).Should().BeFalse();
    }

    [Theory]
    [InlineData("2026-10-01/2026-10-31", "Oct 2026")]
    [InlineData("2026-10-31", "Oct 2026")]
    [InlineData("2026-10-30", "Oct 30, 2026")]
    [InlineData("2026-07-01/2026-09-30", "Jul–Sep 2026")]
    [InlineData("2026-07-01/2027-06-30", "Jul 2026–Jun 2027")]
    [InlineData("2026-01-15/2026-03-10", "Jan 15, 2026–Mar 10, 2026")]
    public void A_period_has_a_name(string key, string label)
    {
        ReportPeriod.Parse(key).Label.Should().Be(label);
        ReportPeriod.Parse(key).Key.Should().Be(key);
    }

    /// <summary>October is open until December 1 begins in Auckland, which is 13 hours ahead of UTC then.</summary>
    [Theory]
    [InlineData(null, "2027-06-01 00:00", true, "it was never read")]
    [InlineData("2026-11-30 10:00", "2026-11-30 10:59", true, "it is open")]
    [InlineData("2026-12-01 10:59", "2026-12-02 00:00", true, "it was still open when it was read")]
    [InlineData("2026-12-01 11:00", "2026-12-02 00:00", false, "it was closed when it was read")]
    [InlineData("2026-12-01 11:00", "2026-12-08 11:00", false, "a week has not passed")]
    [InlineData("2026-12-01 11:00", "2026-12-08 11:01", true, "a week has passed")]
    [InlineData("2026-11-30 11:00", "2026-11-30 11:00", false, "it was read since the run was queued")]
    public void A_report_is_asked_for_while_it_is_open_and_once_a_week(string? readAt, string asOf, bool isDue, string why)
    {
        var october = Auckland.Periods(ProfitAndLoss, new(Range: ReportRange.LastMonth), null, null, Now).Single();

        october.SettlesAt.Should().Be(Utc("2026-12-01 11:00"));
        october.IsDue(readAt is null ? null : Utc(readAt), Utc(asOf), TimeSpan.FromDays(7)).Should().Be(isDue, why);
    }

    [Theory]
    [InlineData("profitAndLoss", "2026-10-01/2026-10-31", "fromDate=2026-10-01&toDate=2026-10-31&standardLayout=true&paymentsOnly=false")]
    [InlineData("balanceSheet", "2026-10-31", "date=2026-10-31&standardLayout=true&paymentsOnly=false")]
    [InlineData("trialBalance", "2026-10-15", "date=2026-10-15&paymentsOnly=false")]
    [InlineData("bankSummary", "2026-10-01/2026-12-31", "fromDate=2026-10-01&toDate=2026-12-31")]
    [InlineData("executiveSummary", "2026-10-01/2026-10-31", "date=2026-10-01")]
    [InlineData("budgetSummary", "2026-10-01/2026-12-31", "date=2026-10-01&periods=1&timeframe=3")]
    public void Each_report_is_asked_for_by_its_own_parameters(string dataset, string period, string query) =>
        DatasetCatalogue.Get(dataset).Resource.Report!.Query(ReportPeriod.Parse(period)).Should().Be(query);

    [Fact]
    public void Whatever_shapes_the_answer_is_a_resource_of_its_own()
    {
        var kind = ProfitAndLoss;

        kind.Resources.Select(resource => resource.Name).Should().Equal(
            "ProfitAndLoss", "ProfitAndLossCash", "ProfitAndLossOwnLayout", "ProfitAndLossCashOwnLayout");
        kind.ResourceOf(new(IsCash: true, IsOwnLayout: true)).Report!.Query(ReportPeriod.Parse("2026-10-01/2026-10-31"))
            .Should().EndWith("standardLayout=false&paymentsOnly=true");
        DatasetCatalogue.All.SelectMany(dataset => dataset.Resources).DistinctBy(resource => resource.Name).Should()
            .OnlyContain(resource => resource.Name.Length <= 60, "the vault keeps so many letters");
    }

    private static string Keys(
        ReportCalendar calendar, ReportKind kind, ReportOptions options, DateTimeOffset at, DateOnly? from = null, DateOnly? to = null) =>
        string.Join(' ', calendar.Periods(kind, options, from, to, at).Select(period => period.Period.Key));

    private static ReportCalendar Calendar(string zone, int month, int day) => OrganizationCalendar.Of(
        new(Guid.Empty, "Acme", null, null, null, day, month, zone, null, null, false));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
