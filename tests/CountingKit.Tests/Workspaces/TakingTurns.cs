using CountingKit.Workspaces;

namespace CountingKit.Tests.Workspaces;

/// <summary>Passwords from one place are looked at one after the other.</summary>
public sealed class TakingTurns
{
    private static readonly Knock Here = Knock.FromWholeNetwork("sign-in", "203.0.113.7");
    private static readonly Knock Elsewhere = Knock.FromWholeNetwork("sign-in", "198.51.100.1");

    private readonly PasswordTurns turns = new();

    [Fact]
    public async Task One_place_has_one_turn_and_another_place_its_own()
    {
        var first = await turns.Take(Here, default);
        var second = turns.Take(Here, default);

        using (await turns.Take(Elsewhere, default)) second.IsCompleted.Should().BeFalse();

        first.Dispose();
        (await second).Dispose();
        turns.Places.Should().Be(0);
    }

    [Fact]
    public async Task Who_gives_up_waiting_holds_nobody_up()
    {
        using var gaveUp = new CancellationTokenSource();
        var first = await turns.Take(Here, default);
        var waiting = turns.Take(Here, gaveUp.Token);
        var next = turns.Take(Here, default);

        await gaveUp.CancelAsync();
        var givingUp = () => waiting;
        await givingUp.Should().ThrowAsync<OperationCanceledException>();
        first.Dispose();

        (await next).Dispose();
        turns.Places.Should().Be(0);
    }

    [Fact]
    public async Task Many_at_once_are_never_two_at_once_and_leave_nothing_behind()
    {
        var (inside, most) = (0, 0);

        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (_, ct) =>
        {
            using var turn = await turns.Take(Here, ct);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        });

        most.Should().Be(1);
        turns.Places.Should().Be(0);
    }
}
