using System.Collections.Concurrent;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Workspaces;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.EventSourcing;

/// <summary>What reactors are handed, and what stands in the vault of it.</summary>
public sealed class Reactors : IDisposable
{
    private const int Events = 40;
    private static readonly string[] All = [.. Enumerable.Range(1, Events).Select(i => $"noted {i:D2}")];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_that_fails_holds_up_what_is_behind_and_nothing_before_it_is_done_again()
    {
        var (note, other) = (new Note("note") { FailsAt = "17", Failures = 3 }, new Note("other"));
        await using var node = new PortalNode(folder, null, With(note, other));
        await Append(node);

        await node.React();
        await PortalNode.Eventually(() => Task.FromResult(note.Failures < 0));
        await Queued(node);

        note.Told.Should().Equal([.. Names(1, 16), "17", "17", "17", .. Names(17, Events)], "only the one that failed is repeated");
        (await node.Work()).Should().Equal(All);
        other.Told.Should().OnlyHaveUniqueItems().And.HaveCount(Events);
    }

    [Fact]
    public async Task Where_work_cannot_be_stored_the_reactor_does_not_move_on_without_it()
    {
        var note = new Note("note");
        await using var node = new PortalNode(folder, null, With(note));
        Execute("CREATE TRIGGER full BEFORE INSERT ON Work WHEN NEW.Key = '17' BEGIN SELECT RAISE(ABORT, 'full'); END");
        await Append(node);

        await node.React();
        await PortalNode.Eventually(() => Task.FromResult(note.Told.Count(told => told == "17") >= 3));
        (await node.Work()).Should().Equal(All.Take(16));
        Execute("DROP TRIGGER full");
        await Queued(node);

        (await node.Work()).Should().Equal(All);
        note.Told.Where(told => told != "17").Should().Equal([.. Names(1, 16), .. Names(18, Events)]);
    }

    [Fact]
    public async Task One_that_queues_nothing_keeps_its_place()
    {
        var quiet = new Note("quiet") { Queues = false };
        await using (var first = await new PortalNode(folder, null, With(quiet)).React())
        {
            await Append(first);
            await PortalNode.Eventually(() => Task.FromResult(quiet.Told.Count == Events));
            var end = (await first.Log())[^1].Position;
            await PortalNode.Eventually(async () => (await first.Places())["quiet"].Done == end);
        }

        await using var next = await new PortalNode(folder, null, With(quiet)).React();
        await next.Append("workspace-late", new WorkspaceCreated(Guid.CreateVersion7(), "late"));
        await PortalNode.Eventually(() => Task.FromResult(quiet.Told.Contains("late")));

        quiet.Told.Should().Equal([.. Names(1, Events), "late"]);
    }

    [Fact]
    public async Task Two_that_both_believe_it_is_theirs_queue_everything_once()
    {
        var (mine, yours) = (new Note("note"), new Note("note"));
        await using var hanging = await new PortalNode(folder, new StoppedTime(), With(mine)).React();
        await hanging.Append("workspace-first", new WorkspaceCreated(Guid.CreateVersion7(), "00"));
        await PortalNode.Eventually(() => Task.FromResult(!mine.Told.IsEmpty));
        await using var other = await new PortalNode(folder, new HurriedTime(TimeSpan.FromSeconds(5)), With(yours)).React();

        await Append(other);
        await Queued(other);

        (await other.Work()).Should().Equal(["noted 00", .. All]);
    }

    private static Action<IServiceCollection> With(params IReadOnlyList<IReactor> reactors) => services =>
    {
        foreach (var reactor in reactors) services.AddSingleton(reactor);
    };

    private static IEnumerable<string> Names(int from, int to) => Enumerable.Range(from, to - from + 1).Select(i => $"{i:D2}");

    private static async Task Append(PortalNode node)
    {
        for (var i = 1; i <= Events; i++)
            await node.Append($"workspace-{i}", new WorkspaceCreated(Guid.CreateVersion7(), $"{i:D2}"));
    }

    private void Execute(string sql)
    {
        using var vault = new SqliteConnection($"Data Source={folder["data/vault.db"]};Pooling=False");
        vault.Open();
        using var command = vault.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static Task Queued(PortalNode node) =>
        PortalNode.Eventually(async () => (await node.Work()).Contains($"noted {Events:D2}"));

    /// <summary>Queues a piece of work for each workspace.</summary>
    private sealed class Note(string name) : IReactor
    {
        public string Name => name;

        public ConcurrentQueue<string> Told { get; } = [];

        public string? FailsAt { get; init; }

        public int Failures { get; set; }

        public bool Queues { get; init; } = true;

        public Task React(RecordedEvent recorded, Reaction reaction, CancellationToken ct)
        {
            var told = ((WorkspaceCreated)recorded.Event).Name;
            Told.Enqueue(told);
            if (told == FailsAt && Failures-- > 0) throw new IOException("It failed.");
            if (Queues) reaction.Queue("noted", told, told);
            return Task.CompletedTask;
        }
    }
}
