using CountingKit.Connections;
using CountingKit.Mirror;
using CountingKit.Runs;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Runs;

/// <summary>How long a run waits for a limit of Xero's: for a day's until it ends, for a minute's an hour in all.</summary>
public sealed class PatienceOfRuns : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly RunStarted Yesterdays = new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), 1, Invoices, "sheet-1", Book, RunTrigger.Person, Now.AddHours(-20));

    private readonly SyncHouse house = new();

    public async Task InitializeAsync() => await house.Append(
        Connection.StreamOf(Acme), new OrganizationConnected(Acme, Guid.CreateVersion7(), "Acme Ltd", Guid.CreateVersion7(), []));

    public async Task DisposeAsync() => await house.DisposeAsync();

    [Fact]
    public async Task What_a_run_waited_for_before_takes_nothing_of_its_patience_with_a_minutes_limit()
    {
        var waits = await Meets<RunWaitsException>(SourceProblem.Unavailable, limitedSince: null);

        waits.LimitedSince.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_minutes_limit_that_goes_on_is_waited_for_from_its_beginning()
    {
        var since = Now.AddMinutes(-30);

        (await Meets<RunWaitsException>(SourceProblem.Unavailable, since)).LimitedSince.Should().Be(since);
    }

    [Fact]
    public async Task A_minutes_limit_that_does_not_end_within_the_hour_ends_the_run() =>
        await Meets<RunEndedException>(SourceProblem.Unavailable, Now.AddMinutes(-58));

    [Fact]
    public async Task What_a_run_stood_behind_another_takes_nothing_of_its_patience()
    {
        var waits = await Meets<RunWaitsException>(SourceProblem.Unavailable, Now.AddMinutes(-58), behindSince: Now.AddMinutes(-30));

        waits.LimitedSince.Should().BeCloseTo(Now.AddMinutes(-28), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task After_a_days_limit_patience_begins_anew() =>
        (await Meets<RunWaitsException>(SourceProblem.DayLimit, Now.AddMinutes(-58))).LimitedSince.Should().BeNull();

    private async Task<TEnd> Meets<TEnd>(
        SourceProblem problem, DateTimeOffset? limitedSince, DateTimeOffset? behindSince = null) where TEnd : Exception
    {
        house.Pages = _ => throw new SourceException(problem, "CK-XERO-LIMIT-02", "Later.", Now.AddMinutes(5));
        return (await FluentActions.Awaiting(() => house.RunOnce(Yesterdays, limitedSince, behindSince)).Should().ThrowAsync<TEnd>()).Which;
    }
}
