using System.Globalization;
using CountingKit.Web.Features.Shared;

namespace CountingKit.Web.Tests.Shell;

public sealed class DaysOfZones
{
    [Theory]
    [InlineData(null, "2026-03-29", "2026-03-29T00:00", "2026-03-30T00:00")]
    [InlineData("Pacific/Auckland", "2026-06-30", "2026-06-29T12:00", "2026-06-30T12:00")]
    [InlineData("America/New_York", "2026-01-31", "2026-01-31T05:00", "2026-02-01T05:00")]
    // The clocks are put on, and back, in the night: these days have 23 and 25 hours.
    [InlineData("Europe/London", "2026-03-29", "2026-03-29T00:00", "2026-03-29T23:00")]
    [InlineData("Europe/London", "2026-10-25", "2026-10-24T23:00", "2026-10-26T00:00")]
    // At midnight itself: there is none, and there are two.
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00", "2018-11-05T02:00")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00", "2026-11-02T05:00")]
    public void A_day_is_from_its_first_moment_there_to_that_of_the_next(string? zone, string day, string start, string end)
    {
        var days = ZoneDays.Of(zone);
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

        (Text(days.Start(date)), Text(days.End(date))).Should().Be((start, end));
        days.Start(date)!.Value.Kind.Should().Be(DateTimeKind.Utc);
    }

    [Fact]
    public void The_first_and_the_last_of_all_days_are_understood()
    {
        foreach (var zone in (string[])["Pacific/Kiritimati", "Etc/GMT+12"])
        {
            var days = ZoneDays.Of(zone);
            days.Start(DateOnly.MinValue).Should().NotBeNull();
            days.Start(DateOnly.MaxValue).Should().NotBeNull();
            (days.End(DateOnly.MaxValue), days.Start(null), days.End(null)).Should().Be((null, null, null));
        }
    }

    [Theory]
    [InlineData("America/Argentina/Buenos_Aires", "Buenos Aires time")]
    [InlineData("Europe/London", "London time")]
    [InlineData("UTC", "UTC")]
    [InlineData(null, "UTC")]
    [InlineData("", "UTC")]
    [InlineData("Middle/Earth", "UTC")]
    [InlineData("/dev/zero", "UTC")]
    [InlineData("../../../etc/passwd", "UTC")]
    [InlineData("Europe/London\n", "UTC")]
    [InlineData("Europe//London", "UTC")]
    public void Whose_days_they_are_is_said_and_only_a_zone_is_looked_up(string? zone, string words) =>
        ZoneDays.Of(zone).Words.Should().Be(words);

    private static string? Text(DateTime? at) => at?.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
