using System.Net;
using CountingKit.Adapters.Xero;
using CountingKit.Runs;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.Xero;

public sealed class XeroBudgetTests
{
    private static readonly Guid Acme = Guid.CreateVersion7();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly XeroBudget budget;

    public XeroBudgetTests() => budget = new XeroBudget(Options.Create(new XeroOptions()), time);

    [Fact]
    public async Task Four_calls_run_at_once_and_the_fifth_waits_for_the_first_to_end()
    {
        var turns = await Enter(4);
        var fifth = budget.Enter(Acme, false, default);
        fifth.IsCompleted.Should().BeFalse();

        turns[0].Dispose();

        (await fifth).Should().NotBeNull();
    }

    [Fact]
    public async Task One_organization_does_not_wait_for_another()
    {
        await Enter(4);

        budget.Enter(Guid.CreateVersion7(), false, default).IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task The_fifty_sixth_call_waits_until_the_first_is_a_minute_old()
    {
        await Spend(55);
        var next = budget.Enter(Acme, false, default);

        time.Advance(TimeSpan.FromSeconds(59));
        next.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        (await next).Should().NotBeNull();
    }

    [Fact]
    public async Task A_canceled_wait_gives_its_place_back()
    {
        await Spend(55);
        using var stop = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 4).Select(_ => budget.Enter(Acme, false, stop.Token)).ToList();
        await stop.CancelAsync();
        foreach (var canceled in waiting)
            await FluentActions.Awaiting(() => canceled).Should().ThrowAsync<OperationCanceledException>();

        time.Advance(TimeSpan.FromMinutes(1));

        (await Enter(4)).Should().HaveCount(4);
    }

    [Fact]
    public async Task A_minute_that_Xero_says_is_used_up_is_waited_for()
    {
        await Answered(HttpStatusCode.OK, new(900, 0, 9_000, null, null, null, null));

        await WaitsFor(TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("minute")]
    [InlineData("Minute limit")]
    public async Task Retry_After_is_waited_for(string problem)
    {
        await Answered(HttpStatusCode.TooManyRequests, Refusal(problem, 37));

        await WaitsFor(TimeSpan.FromSeconds(37));
    }

    [Fact]
    public async Task Too_many_at_once_is_waited_for_a_moment()
    {
        await Answered(HttpStatusCode.TooManyRequests, new(900, 40, 9_000, null, "concurrent", null, null));

        await WaitsFor(TimeSpan.FromSeconds(2), atLeast: TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task The_apps_minute_stops_every_organization()
    {
        await Answered(HttpStatusCode.TooManyRequests, Refusal("appminute", 20));
        var another = budget.Enter(Guid.CreateVersion7(), false, default);

        another.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(20));

        (await another).Should().NotBeNull();
    }

    [Theory]
    [InlineData("day")]
    [InlineData("DayLimit")]
    [InlineData(null)]
    public async Task The_days_limit_is_not_waited_for_but_told_with_its_end(string? problem)
    {
        await Answered(HttpStatusCode.TooManyRequests, Refusal(problem, 34_512));

        var end = time.GetUtcNow().AddSeconds(34_512);
        (await Refused(urgent: false)).RetryAt.Should().Be(end);
        (await Refused(urgent: true)).RetryAt.Should().Be(end);
        time.Advance(TimeSpan.FromSeconds(34_512));
        (await Enter(1)).Should().ContainSingle();
    }

    [Fact]
    public async Task What_Xero_says_is_left_replaces_our_own_count()
    {
        await Answered(HttpStatusCode.OK, new(1_000, 50, 9_000, null, null, null, null));
        await Answered(HttpStatusCode.OK, new(51, 50, 9_000, null, null, null, null));
        budget.Remaining(Acme).Should().Be(51);

        (await budget.Enter(Acme, false, default)).Dispose();
        (await Refused(urgent: false)).Problem.Should().Be(SourceProblem.DayLimit);
    }

    [Fact]
    public async Task The_last_fifty_of_the_day_are_for_people_and_for_one_question_an_hour()
    {
        await Answered(HttpStatusCode.OK, new(1_000, 50, 9_000, null, null, null, null));
        await Answered(HttpStatusCode.OK, new(50, 50, 9_000, null, null, null, null));

        (await Refused(urgent: false)).RetryAt.Should().Be(time.GetUtcNow().AddHours(1));
        (await budget.Enter(Acme, urgent: true, default)).Dispose();
        time.Advance(TimeSpan.FromHours(1));
        (await budget.Enter(Acme, urgent: false, default)).Dispose();
        (await Refused(urgent: false)).RetryAt.Should().Be(time.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task Of_a_tier_that_is_smaller_than_told_less_is_kept_back()
    {
        await Answered(HttpStatusCode.OK, new(40, 50, 9_000, null, null, null, null));

        await Spend(38);

        (await Refused(urgent: false)).Problem.Should().Be(SourceProblem.DayLimit);
        (await budget.Enter(Acme, urgent: true, default)).Dispose();
    }

    [Fact]
    public async Task Without_a_word_from_Xero_the_tiers_calls_are_counted()
    {
        for (var spent = 0; spent < 950; spent += 50)
        {
            await Spend(50);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        (await Refused(urgent: false)).Code.Should().Be("CK-XERO-LIMIT-01");
    }

    private static XeroHeaders Refusal(string? problem, int seconds) =>
        new(900, 40, 9_000, TimeSpan.FromSeconds(seconds), problem, null, null);

    private async Task<List<XeroBudget.Turn>> Enter(int calls)
    {
        List<XeroBudget.Turn> turns = [];
        for (var i = 0; i < calls; i++) turns.Add(await budget.Enter(Acme, false, default));
        return turns;
    }

    private async Task Spend(int calls)
    {
        for (var i = 0; i < calls; i++) (await budget.Enter(Acme, false, default)).Dispose();
    }

    private async Task Answered(HttpStatusCode status, XeroHeaders headers)
    {
        using var turn = await budget.Enter(Acme, false, default);
        turn.Learn(status, headers);
    }

    private async Task WaitsFor(TimeSpan wait, TimeSpan? atLeast = null)
    {
        var next = budget.Enter(Acme, false, default);
        time.Advance(atLeast ?? wait - TimeSpan.FromSeconds(1));
        next.IsCompleted.Should().BeFalse();
        time.Advance(wait - (atLeast ?? wait - TimeSpan.FromSeconds(1)));
        (await next).Should().NotBeNull();
    }

    private async Task<SourceException> Refused(bool urgent)
    {
        var enter = () => budget.Enter(Acme, urgent, default);
        return (await enter.Should().ThrowAsync<SourceException>()).Which;
    }
}
