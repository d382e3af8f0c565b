using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

public abstract partial class EventStoreContract
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_sixteen_writers_at_one_revision_exactly_one_wins(bool overTwoInstances)
    {
        var other = overTwoInstances ? OpenAnother() : Store;
        await Append(Stream(), ExpectedRevision.NoStream, Event());

        for (ulong round = 0; round < 10; round++)
        {
            var expected = ExpectedRevision.At(round);
            var racers = Enumerable.Range(0, 16).Select(_ => Event()).ToArray();
            var results = await Task.WhenAll(racers.Select((racer, i) =>
                Attempt(i % 2 == 0 ? Store : other, expected, racer)));

            results.Count(won => won).Should().Be(1);
            (await Read(Stream(), ReadDirection.Backwards, maxCount: 1)).Single().Id
                .Should().Be(racers[Array.IndexOf(results, true)].Id);
        }

        (await Read(Stream())).Should().HaveCount(11);
    }

    [Fact]
    public async Task The_same_append_sent_by_many_at_once_is_written_once_and_answered_alike()
    {
        var other = OpenAnother();
        var sent = Events(2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            (i % 2 == 0 ? Store : other).Append(Stream(), ExpectedRevision.NoStream, sent, Ct))));

        answers.Distinct().Should().ContainSingle();
        (await IdsOf(Stream())).Should().Equal(sent.Select(@event => @event.Id));
    }

    [Fact]
    public async Task Writers_of_two_instances_make_one_log_without_gaps_in_any_stream()
    {
        var other = OpenAnother();
        var mark = await Mark();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var store = writer % 2 == 0 ? Store : other;
            ulong? last = null;
            for (var i = 0; i < 25; i++)
            {
                var own = await store.Append(Stream($"own{writer}"), ExpectedRevision.After(last), Events(1), Ct);
                last = own.Revision;
                await store.Append(Stream("shared"), ExpectedRevision.Any, Events(1), Ct);
            }
        })));

        var all = (await ReadAllOwn(ReadDirection.Forwards, mark)).Skip(1).ToArray();
        all.Should().HaveCount(400);
        foreach (var stream in all.GroupBy(read => read.Stream))
            stream.Select(read => (int)read.Revision).Should().Equal(Enumerable.Range(0, stream.Count()));
    }

    private async Task<bool> Attempt(IEventStore store, ExpectedRevision expected, EventData racer)
    {
        try
        {
            await Task.Run(() => store.Append(Stream(), expected, [racer], Ct));
            return true;
        }
        catch (WrongExpectedRevisionException)
        {
            return false;
        }
    }
}
