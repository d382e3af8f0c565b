using System.Globalization;
using CountingKit.EventSourcing;
using CountingKit.Schedules;

namespace CountingKit.Tests.Schedules;

/// <summary>Against dates worked out by hand.</summary>
public sealed class TimesOfSchedules
{
    [Theory]
    // London goes from GMT to BST on 29 March 2026 at 01:00, and back on 25 October at 02:00.
    [InlineData("Europe/London", "01:30", "2026-03-28T00:00Z", "2026-03-28T01:30Z 2026-03-29T01:00Z 2026-03-30T00:30Z")]
    [InlineData("Europe/London", "02:30", "2026-03-28T00:00Z", "2026-03-28T02:30Z 2026-03-29T01:30Z 2026-03-30T01:30Z")]
    [InlineData("Europe/London", "01:30", "2026-10-24T12:00Z", "2026-10-25T00:30Z 2026-10-26T01:30Z 2026-10-27T01:30Z")]
    [InlineData("Europe/London", "02:30", "2026-10-24T12:00Z", "2026-10-25T02:30Z 2026-10-26T02:30Z 2026-10-27T02:30Z")]
    // New York goes from EST to EDT on 8 March 2026 at 02:00, and back on 1 November at 02:00.
    [InlineData("America/New_York", "02:30", "2026-03-07T00:00Z", "2026-03-07T07:30Z 2026-03-08T07:00Z 2026-03-09T06:30Z")]
    [InlineData("America/New_York", "01:30", "2026-10-31T12:00Z", "2026-11-01T05:30Z 2026-11-02T06:30Z 2026-11-03T06:30Z")]
    // Lord Howe Island moves by half an hour: on 4 October 2026 at 02:00, and back on 5 April at 02:00.
    [InlineData("Australia/Lord_Howe", "02:15", "2026-10-02T00:00Z", "2026-10-02T15:45Z 2026-10-03T15:30Z 2026-10-04T15:15Z")]
    [InlineData("Australia/Lord_Howe", "01:45", "2026-04-04T00:00Z", "2026-04-04T14:45Z 2026-04-05T15:15Z 2026-04-06T15:15Z")]
    [InlineData("Pacific/Apia", "09:00", "2026-05-31T12:00Z", "2026-05-31T20:00Z 2026-06-01T20:00Z 2026-06-02T20:00Z")]
    [InlineData("Asia/Kathmandu", "06:00", "2026-06-01T00:00Z", "2026-06-01T00:15Z 2026-06-02T00:15Z 2026-06-03T00:15Z")]
    public void A_daily_one_follows_the_clocks_of_its_zone(string zone, string at, string from, string expected) =>
        Next(new(ScheduleKind.Daily, zone, TimeOnly.Parse(at, CultureInfo.InvariantCulture)), from, 3).Should().Be(expected);

    [Fact]
    public void An_hourly_one_runs_in_both_hours_that_have_one_name() => Next(
        new(ScheduleKind.Hourly, "Europe/London", new(0, 15)), "2026-10-24T23:20Z", 4)
        .Should().Be("2026-10-25T00:15Z 2026-10-25T01:15Z 2026-10-25T02:15Z 2026-10-25T03:15Z");

    [Fact]
    public void Days_of_the_week_leave_out_the_others() => Next(
        Utc(ScheduleKind.Weekly) with { Days = [DayOfWeek.Monday, DayOfWeek.Friday] }, "2026-03-05T00:00Z", 3)
        .Should().Be("2026-03-06T06:00Z 2026-03-09T06:00Z 2026-03-13T06:00Z");

    [Theory]
    [InlineData(31, "2026-01-31T06:00Z 2026-02-28T06:00Z 2026-03-31T06:00Z 2026-04-30T06:00Z")]
    [InlineData(30, "2026-01-30T06:00Z 2026-02-28T06:00Z 2026-03-30T06:00Z 2026-04-30T06:00Z")]
    [InlineData(15, "2026-01-15T06:00Z 2026-02-15T06:00Z 2026-03-15T06:00Z 2026-04-15T06:00Z")]
    public void A_day_that_a_month_lacks_is_its_last_one(int day, string expected) =>
        Next(Utc(ScheduleKind.Monthly) with { Day = day }, "2026-01-01T00:00Z", 4).Should().Be(expected);

    [Fact]
    public void The_29th_of_February_is_the_28th_but_in_leap_years() => Next(
        Utc(ScheduleKind.Yearly) with { Day = 29, Month = 2 }, "2026-06-01T00:00Z", 3)
        .Should().Be("2027-02-28T06:00Z 2028-02-29T06:00Z 2029-02-28T06:00Z");

    [Fact]
    public void The_end_of_a_month_is_its_last_day() => Next(Utc(ScheduleKind.MonthEnd), "2028-01-31T07:00Z", 3)
        .Should().Be("2028-02-29T06:00Z 2028-03-31T06:00Z 2028-04-30T06:00Z");

    [Fact]
    public void The_last_business_day_is_never_a_weekend() => Next(Utc(ScheduleKind.LastBusinessDay), "2026-01-01T00:00Z", 5)
        .Should().Be("2026-01-30T06:00Z 2026-02-27T06:00Z 2026-03-31T06:00Z 2026-04-30T06:00Z 2026-05-29T06:00Z");

    [Fact]
    public void A_quarterly_one_runs_every_third_month() => Next(
        Utc(ScheduleKind.Quarterly) with { Day = 31, Month = 2 }, "2026-01-01T00:00Z", 4)
        .Should().Be("2026-02-28T06:00Z 2026-05-31T06:00Z 2026-08-31T06:00Z 2026-11-30T06:00Z");

    [Fact]
    public void What_falls_in_the_quiet_hours_runs_once_at_their_end()
    {
        var schedule = new Schedule(
            ScheduleKind.Hourly, "UTC", new(0, 15), Every: 3, QuietFrom: new(22, 0), QuietTo: new(6, 30));

        Next(schedule, "2026-01-01T18:15Z", 6).Should().Be(
            "2026-01-01T21:15Z 2026-01-02T06:30Z 2026-01-02T09:15Z 2026-01-02T12:15Z 2026-01-02T15:15Z 2026-01-02T18:15Z");
        Next(schedule, "2026-01-02T05:00Z", 1).Should().Be("2026-01-02T06:30Z", "also when it is asked within them");
    }

    [Fact]
    public void The_fullest_day_is_what_it_costs()
    {
        var now = Utc("2026-03-02T00:00Z");

        ScheduleTimes.Of(new(ScheduleKind.Hourly, "UTC", Every: 2)).MostADay(now).Should().Be(12);
        ScheduleTimes.Of(Utc(ScheduleKind.Yearly) with { Day = 1, Month = 1 }).MostADay(now).Should().Be(1);
        ScheduleTimes.Of(new(ScheduleKind.Cron, "UTC", Cron: "*/10 8-17 * * 1")).MostADay(now).Should().Be(60);
    }

    [Theory]
    [InlineData("Europe/Atlantis", "0 6 * * *", "CK-SCHEDULE-02")]
    [InlineData("../../etc/passwd", "0 6 * * *", "CK-SCHEDULE-02")]
    [InlineData("UTC", "every day", "CK-SCHEDULE-06")]
    [InlineData("UTC", "0 0 6 * * *", "CK-SCHEDULE-06")]
    [InlineData("UTC", "0 6 30 2 *", "CK-SCHEDULE-07")]
    public void What_is_no_time_is_refused(string zone, string cron, string code) => FluentActions
        .Invoking(() => ScheduleRules.Check(new(ScheduleKind.Cron, zone, Cron: cron), Utc("2026-01-01T00:00Z")))
        .Should().Throw<RefusedException>().Which.Code.Should().Be(code);

    [Theory]
    [InlineData(ScheduleKind.Hourly, 5, 1, 1, "CK-SCHEDULE-05")]
    [InlineData(ScheduleKind.Hourly, 0, 1, 1, "CK-SCHEDULE-05")]
    [InlineData(ScheduleKind.Weekly, 1, 1, 1, "CK-SCHEDULE-03")]
    [InlineData(ScheduleKind.Monthly, 1, 32, 1, "CK-SCHEDULE-04")]
    [InlineData(ScheduleKind.Quarterly, 1, 1, 4, "CK-SCHEDULE-04")]
    [InlineData(ScheduleKind.Yearly, 1, 1, 13, "CK-SCHEDULE-04")]
    public void What_the_calendar_lacks_is_refused(ScheduleKind kind, int every, int day, int month, string code) => FluentActions
        .Invoking(() => ScheduleRules.Check(
            new(kind, "UTC", Every: every, Day: day, Month: month), Utc("2026-01-01T00:00Z")))
        .Should().Throw<RefusedException>().Which.Code.Should().Be(code);

    [Theory]
    [InlineData(ScheduleKind.Hourly, "Every 2 hours at :05, New York")]
    [InlineData(ScheduleKind.Daily, "Every day at 06:05, New York")]
    [InlineData(ScheduleKind.Weekly, "Mon, Sun at 06:05, New York")]
    [InlineData(ScheduleKind.Monthly, "Day 30 (or the last day) of each month at 06:05, New York")]
    [InlineData(ScheduleKind.Quarterly, "Day 30 (or the last day) of Feb, May, Aug and Nov at 06:05, New York")]
    [InlineData(ScheduleKind.Yearly, "Feb 30 each year at 06:05, New York")]
    [InlineData(ScheduleKind.Cron, "Cron 5 6 * * *, New York")]
    public void It_is_called_by_its_times(ScheduleKind kind, string words) => ScheduleWords.Of(new Schedule(
        kind, "America/New_York", new(6, 5), 2, [DayOfWeek.Sunday, DayOfWeek.Monday], 30, 2, "5 6 * * *")).Should().Be(words);

    private static Schedule Utc(ScheduleKind kind) => new(kind, "UTC", new(6, 0));

    private static DateTimeOffset Utc(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);

    private static string Next(Schedule schedule, string from, int count) => string.Join(' ', ScheduleTimes.Of(schedule)
        .After(Utc(from)).Take(count).Select(at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture)));
}
