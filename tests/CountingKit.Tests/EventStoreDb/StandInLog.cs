using System.Diagnostics;
using System.Globalization;
using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;
using Grpc.Core;
using static CountingKit.Tests.EventStoreDb.StandInClient;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>The stand-in's log: what was acknowledged outlives a kill, and what was not finished goes.</summary>
[Trait("Speed", "Slow")]
public sealed class StandInLog : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_process_keeps_what_it_acknowledged()
    {
        var acknowledged = new List<ulong>();
        await using var server = await EventStoreDbProcess.Start(_folder.Path);
        using (var client = new StandInClient(server.Address))
        {
            var kill = Task.CompletedTask;
            try
            {
                while (true)
                {
                    acknowledged.Add((await client.AppendAny("order-1", Events(2))).Success.CurrentRevision);
                    if (acknowledged.Count == 1) kill = Soon(server.Kill);
                }
            }
            catch (RpcException e)
            {
                e.StatusCode.Should().Be(StatusCode.Unavailable);
            }

            await kill;
        }

        await server.Launch();
        using var after = new StandInClient(server.Address);
        var revisions = (await after.Read(Stream("order-1"))).Where(message => message.Event is not null)
            .Select(message => message.Event.Event.StreamRevision).ToList();

        acknowledged.Should().NotBeEmpty();
        revisions.Should().Contain(acknowledged).And.BeInAscendingOrder();
        (revisions.Count % 2).Should().Be(0, "an append is there with all its events or none");
    }

    [Fact]
    public async Task A_process_takes_faults_as_lines_and_ends_with_its_input()
    {
        await using var server = await EventStoreDbProcess.Start(_folder.Path);
        using var client = new StandInClient(server.Address);

        await server.Tell("write CommitTimeoutAfter 1");
        var failure = (await client.Invoking(it => it.AppendNew("order-1", Event())).Should().ThrowAsync<RpcException>()).Which;

        failure.StatusCode.Should().Be(StatusCode.Aborted);
        (await server.End()).Should().Be(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_torn_append_goes_whole(int bytes)
    {
        var file = Path.Combine(_folder.Path, "events.log");
        await using (var node = await EventStoreDbNode.StartOn(_folder.Path))
        {
            using var client = new StandInClient(node.Address);
            await client.AppendNew("order-1", Events(2));
            await client.Append("order-1", 1, Events(3));
        }

        await using (var log = new FileStream(file, FileMode.Open)) log.SetLength(log.Length - bytes);
        await using var again = await EventStoreDbNode.StartOn(_folder.Path);
        using var reader = new StandInClient(again.Address);

        (await reader.Read(Stream("order-1"))).Count(message => message.Event is not null).Should().Be(2);
        (await reader.Append("order-1", 1, Events(1))).Success.CurrentRevision.Should().Be(2);
    }

    [Fact]
    public async Task Many_events_go_in_by_many_writers_and_come_out_in_one_read()
    {
        var count = Scale.Of(20_000, 1_000_000);
        await using var node = await EventStoreDbNode.StartOn(_folder.Path);
        using var client = new StandInClient(node.Address);
        var append = Stopwatch.StartNew();
        await Parallel.ForAsync(0, count / 500, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            await client.AppendNew($"order-{i}", [.. Enumerable.Range(0, 500).Select(_ => Event(data: new string('x', 300)))]));
        append.Stop();

        var read = Stopwatch.StartNew();
        using var call = client.Streams.Read(new() { Options = All() });
        var found = await call.ResponseStream.ReadAllAsync().CountAsync();

        found.Should().BeGreaterThanOrEqualTo(count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"stand-in: {count / append.Elapsed.TotalSeconds:N0} events/s in, {found / read.Elapsed.TotalSeconds:N0}/s out"));
    }

    private static async Task Soon(Func<Task> act)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await act();
    }
}
