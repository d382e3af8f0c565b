using CountingKit.Adapters.EventStoreDb;
using CountingKit.EventSourcing;
using CountingKit.Testing.EventStoreDb;
using static CountingKit.Tests.EventStoreDb.TestStores;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>Events of a plain type in streams that begin with <c>$</c>: no read of the whole log gives or counts them.</summary>
public sealed class ServersOwnStreams : IAsyncLifetime
{
    private readonly CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(60));
    private readonly EventData[] ours = Events(3);
    private EventStoreDbNode node = null!;
    private EventStoreDbEventStore store = null!;
    private Position hidden;

    public async Task InitializeAsync()
    {
        node = await EventStoreDbNode.Start();
        store = Open(node.ConnectionString);
        using var raw = new StandInClient(new Uri($"http://127.0.0.1:{node.Port}"));
        for (var i = 0; i < ours.Length; i++)
        {
            await store.Append($"order-{i}", ExpectedRevision.NoStream, [ours[i]], giveUp.Token);
            var appended = await raw.AppendAny("$scavenges", StandInClient.Events(3));
            var position = appended.Success.Position;
            hidden = new(position.CommitPosition, position.PreparePosition);
        }
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await node.DisposeAsync();
        giveUp.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1L)]
    [InlineData(2L)]
    [InlineData(3L)]
    public async Task From_the_start(long? limit) =>
        (await Read(ReadDirection.Forwards, null, limit)).Should().Equal(Ours().Take((int)(limit ?? 3)));

    [Theory]
    [InlineData(null)]
    [InlineData(1L)]
    [InlineData(2L)]
    [InlineData(3L)]
    public async Task From_the_end(long? limit) =>
        (await Read(ReadDirection.Backwards, null, limit)).Should().Equal(Ours().Reverse().Take((int)(limit ?? 3)));

    [Fact]
    public async Task From_one_of_them_backwards() =>
        (await Read(ReadDirection.Backwards, hidden, 2)).Should().Equal(ours[2].Id, ours[1].Id);

    [Fact]
    public async Task From_one_of_them_forwards() =>
        (await Read(ReadDirection.Forwards, hidden, 1)).Should().BeEmpty();

    [Fact]
    public async Task Hundreds_of_them_in_a_row_cost_a_few_calls()
    {
        using var raw = new StandInClient(new Uri($"http://127.0.0.1:{node.Port}"));
        await raw.AppendAny("$scavenges", StandInClient.Events(800));
        var last = Events(1);
        await store.Append("order-9", ExpectedRevision.NoStream, last, giveUp.Token);
        var before = node.Faults.Reads;

        (await Read(ReadDirection.Forwards, null, 4)).Should().Equal([.. Ours(), last[0].Id]);

        (node.Faults.Reads - before).Should().BeLessThan(8);
    }

    private IEnumerable<Guid> Ours() => ours.Select(e => e.Id);

    private Task<List<Guid>> Read(ReadDirection direction, Position? from, long? limit) =>
        store.ReadAll(direction, from, limit, giveUp.Token).Select(read => read.Id).ToListAsync(giveUp.Token).AsTask();
}
