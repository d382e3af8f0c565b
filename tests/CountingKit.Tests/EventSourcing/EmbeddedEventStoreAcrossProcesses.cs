using System.Globalization;
using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Testing;

namespace CountingKit.Tests.EventSourcing;

[Trait("Speed", "Slow")]
public sealed class EmbeddedEventStoreAcrossProcesses : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly EmbeddedEventStore store;
    private readonly CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(60));

    public EmbeddedEventStoreAcrossProcesses() =>
        store = new EmbeddedEventStore(new(folder["events.db"]), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        giveUp.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Two_processes_write_one_log_and_a_subscription_here_follows_both()
    {
        var own = Guid.CreateVersion7();
        using var process = new AppendingProcess(folder.Path, writers: 4);
        var ending = process.KillAfter(TimeSpan.FromSeconds(1));
        var writing = Task.Run(async () =>
        {
            ulong? last = null;
            while (!ending.IsCompleted)
                last = (await store.Append("here-1", ExpectedRevision.After(last), [New()], giveUp.Token)).Revision;
            return await store.Append("here-1", ExpectedRevision.Any, [New() with { Id = own }], giveUp.Token);
        });

        var given = new List<StoredEvent>();
        await foreach (var message in store.SubscribeToAll(null, giveUp.Token))
        {
            if (message is SubscriptionMessage.Event next) given.Add(next.Stored);
            if (given is [.., var last] && last.Id == own) break;
        }

        var (told, mine) = (await ending, await writing);
        given.Select(read => (int)read.Position.Commit).Should().Equal(Enumerable.Range(1, given.Count));
        given.Select(read => read.Id).Should().OnlyHaveUniqueItems().And.Contain(told.Select(line => line.Id));
        given[^1].Position.Should().Be(mine.Position);
        given.Count(read => read.Stream == "here-1").Should().Be((int)mine.Revision + 1).And.BeGreaterThan(1);
        foreach (var line in told) given[(int)line.Position - 1].Id.Should().Be(line.Id);
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_and_the_store_goes_on_when_there_is_room_again()
    {
        using var process = AppendingProcess.Start("append-on-full-disk", folder.Path);

        var text = await process.StandardOutput.ReadToEndAsync(giveUp.Token);

        await process.WaitForExitAsync(giveUp.Token);
        process.ExitCode.Should().Be(0, text);
        var said = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var numbers = said.Select(line => int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture)).ToArray();
        numbers[0].Should().BeInRange(10, 50, "a file may have two megabytes, an event fills fifty kilobytes");
        numbers[1].Should().Be(numbers[0], "what was acknowledged is there, and nothing else");
        numbers[3].Should().Be(numbers[0] + numbers[2], "a full disk stays full, whatever room a checkpoint makes");
        numbers[4].Should().Be(numbers[3], "the next event comes right behind");
    }

    private static EventData New() => new(Guid.CreateVersion7(), "written.v1", "{}"u8.ToArray(), "{}"u8.ToArray());
}
