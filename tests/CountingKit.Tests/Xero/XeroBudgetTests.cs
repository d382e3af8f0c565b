using System.Net;
using CountingKit.Adapters.Xero;
using CountingKit.Mirror;

namespace CountingKit.Tests.Xero;

/// <summary>What one organization may be asked, and when, as the shared budget decides it.</summary>
public sealed class XeroBudgetTests
{
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Now = TimeSpan.Zero;
    private readonly BudgetLimits limits = BudgetLimits.Of(new XeroOptions());
    private readonly TenantBudget budget = new();
    private DateTimeOffset time = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Four_calls_run_at_once_and_the_fifth_waits_for_one_to_end()
    {
        var calls = Enter(4);
        Begin().Should().BeGreaterThan(Now);

        budget.End(calls[0], time, null);

        Begin().Should().Be(Now);
    }

    [Fact]
    public void The_calls_of_a_portal_that_was_killed_are_over_when_their_time_is()
    {
        Enter(4);

        time += Lasting;

        Enter(4).Should().HaveCount(4);
    }

    [Fact]
    public void The_fifty_sixth_call_waits_until_the_first_is_a_minute_old()
    {
        Spend(55);

        Begin().Should().Be(TimeSpan.FromMinutes(1));
        time += TimeSpan.FromSeconds(59);
        Begin().Should().Be(TimeSpan.FromSeconds(1));
        time += TimeSpan.FromSeconds(1);
        Begin().Should().Be(Now);
    }

    [Fact]
    public void A_minute_that_Xero_says_is_used_up_is_waited_for()
    {
        Spend(1);
        time += TimeSpan.FromSeconds(20);
        Answered(HttpStatusCode.OK, new(900, 0, 9_000, null, null, null, null));

        Begin().Should().Be(TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData("minute", 37, 37)]
    [InlineData("Minute limit", 37, 37)]
    [InlineData("minute", 0, 1)]
    [InlineData("minute", 99_999_999, 120)]
    [InlineData("concurrent", 99, 99)]
    [InlineData("concurrent", 120, 120)]
    public void Retry_After_is_waited_for_within_what_a_minutes_limit_can_mean(string problem, int told, int seconds)
    {
        Answered(HttpStatusCode.TooManyRequests, Refusal(problem, told));

        Begin().Should().Be(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void Too_many_at_once_is_waited_for_a_moment()
    {
        Answered(HttpStatusCode.TooManyRequests, new(900, 40, 9_000, null, "concurrent", null, null));

        Begin().Should().BeCloseTo(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(0.5));
    }

    [Theory]
    [InlineData("day", 34_512, 34_512)]
    [InlineData("DayLimit", 34_512, 34_512)]
    [InlineData("Daily", 34_512, 34_512)]
    [InlineData(null, 34_512, 34_512)]
    [InlineData("Daily", 1, 900)]
    [InlineData("day", 99_999_999, 90_000)]
    public void The_days_limit_is_not_waited_for_but_told_with_its_end(string? problem, int told, int seconds)
    {
        Answered(HttpStatusCode.TooManyRequests, Refusal(problem, told));

        var end = time.AddSeconds(seconds);
        Refused(urgent: false).RetryAt.Should().Be(end);
        Refused(urgent: true).RetryAt.Should().Be(end);
        time = end;
        Begin().Should().Be(Now);
    }

    [Fact]
    public void What_Xero_says_is_left_replaces_our_own_count()
    {
        Answered(HttpStatusCode.OK, new(1_000, 50, 9_000, null, null, null, null));
        Answered(HttpStatusCode.OK, new(51, 50, 9_000, null, null, null, null));

        Spend(1);
        Refused(urgent: false).Problem.Should().Be(SourceProblem.DayLimit);
    }

    [Fact]
    public void The_last_fifty_of_the_day_are_for_people_and_for_one_question_an_hour()
    {
        Answered(HttpStatusCode.OK, new(1_000, 50, 9_000, null, null, null, null));
        Answered(HttpStatusCode.OK, new(50, 50, 9_000, null, null, null, null));

        Refused(urgent: false).RetryAt.Should().Be(time.AddHours(1));
        Begin(urgent: true).Should().Be(Now);
        time += TimeSpan.FromHours(1);
        Begin().Should().Be(Now);
        Refused(urgent: false).RetryAt.Should().Be(time.AddHours(1));
    }

    [Fact]
    public void Of_a_tier_that_is_smaller_than_told_less_is_kept_back()
    {
        Answered(HttpStatusCode.OK, new(40, 50, 9_000, null, null, null, null));

        Spend(38);

        Refused(urgent: false).Problem.Should().Be(SourceProblem.DayLimit);
        Begin(urgent: true).Should().Be(Now);
    }

    [Fact]
    public void Without_a_word_from_Xero_the_tiers_calls_are_counted_for_a_day()
    {
        for (var spent = 0; spent < 950; spent += 50)
        {
            Spend(50);
            time += TimeSpan.FromMinutes(1);
        }

        Refused(urgent: false).Code.Should().Be("CK-XERO-LIMIT-01");
        time += TimeSpan.FromHours(24);
        Spend(50);
    }

    [Fact]
    public void The_apps_minute_is_for_all_organizations_together()
    {
        var app = new AppBudget();

        app.Learn(time, HttpStatusCode.TooManyRequests, Refusal("appminute", 20));
        app.Wait(time, takesBlock: false).Should().Be(TimeSpan.FromSeconds(20));

        time += TimeSpan.FromSeconds(20);
        for (var block = 0; block < 9_500 / AppBudget.Block; block++) app.Take(time);
        app.Wait(time, takesBlock: false).Should().Be(Now);
        app.Wait(time, takesBlock: true).Should().Be(TimeSpan.FromMinutes(1));
    }

    private static XeroHeaders Refusal(string? problem, int seconds) =>
        new(900, 40, 9_000, TimeSpan.FromSeconds(seconds), problem, null, null);

    private TimeSpan Begin(bool urgent = false) => budget.Begin(Guid.CreateVersion7(), time, urgent, Lasting, limits);

    private List<Guid> Enter(int count)
    {
        List<Guid> calls = [];
        for (var i = 0; i < count; i++)
        {
            calls.Add(Guid.CreateVersion7());
            budget.Begin(calls[i], time, false, Lasting, limits).Should().Be(Now);
        }

        return calls;
    }

    private void Spend(int count)
    {
        for (var i = 0; i < count; i++) budget.End(Enter(1)[0], time, null);
    }

    private void Answered(HttpStatusCode status, XeroHeaders headers) =>
        budget.End(Enter(1)[0], time, (status, headers));

    private SourceException Refused(bool urgent) =>
        FluentActions.Invoking(() => Begin(urgent)).Should().Throw<SourceException>().Which;
}
