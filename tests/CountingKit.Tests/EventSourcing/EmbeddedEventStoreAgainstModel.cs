using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CsCheck;

namespace CountingKit.Tests.EventSourcing;

/// <summary>Any sequence of appends and repeats comes out as in a model that a reader can follow on one page.</summary>
public sealed class EmbeddedEventStoreAgainstModel : IDisposable
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 4).Select(n => new Guid(n, 0, 0, new byte[8]))];

    private static readonly Gen<ExpectedRevision> AnExpectation = Gen.Frequency(
        (2, Gen.Const(ExpectedRevision.NoStream)),
        (1, Gen.Const(ExpectedRevision.Any)),
        (1, Gen.Const(ExpectedRevision.StreamExists)),
        (5, Gen.ULong[0, 6].Select(ExpectedRevision.At)));

    private static readonly Gen<Step> AStep = Gen.Select(
        Gen.OneOf("a-1", "b-1"),
        AnExpectation,
        Gen.OneOf(Ids).List[1, 3],
        Gen.Frequency((9, false), (1, true)),
        (stream, expected, ids, restarts) => new Step(stream, expected, ids, restarts));

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task One_after_the_other() => AStep.List[1, 40].SampleAsync(async steps =>
    {
        var file = new EmbeddedEventStoreOptions(folder[$"{Guid.CreateVersion7():N}.db"]);
        var model = new EventStoreModel();
        var store = new EmbeddedEventStore(file, TimeProvider.System);
        foreach (var step in steps)
        {
            if (step.Restarts)
            {
                await store.DisposeAsync();
                store = new EmbeddedEventStore(file, TimeProvider.System);
            }

            (await Try(store, step)).Should().Be(model.Append(step.Stream, step.Expected, step.Ids), step.ToString());
        }

        (await Log(store)).Should().Equal(model.Log);
        await store.DisposeAsync();
    }, iter: Scale.Of(usual: 60, full: 2000), threads: 2);

    /// <summary>What came at once was decided in some order, which the log and the outcomes must allow.</summary>
    [Fact]
    public Task All_at_once() => AStep.Where(step => !step.Restarts).List[1, 12].SampleAsync(async steps =>
    {
        var file = new EmbeddedEventStoreOptions(folder[$"{Guid.CreateVersion7():N}.db"]);
        await using var store = new EmbeddedEventStore(file, TimeProvider.System);

        var outcomes = await Task.WhenAll(steps.Select(step => Task.Run(() => Try(store, step))));

        var pending = steps.Zip(outcomes).ToList();
        EventStoreModel.Explains(pending, await Log(store)).Should().BeTrue(string.Join("; ", pending));
    }, iter: Scale.Of(usual: 60, full: 2000), threads: 2);

    private static async Task<ModelOutcome> Try(EmbeddedEventStore store, Step step)
    {
        try
        {
            var events = step.Ids.Select(id => new EventData(id, "happened.v1", new byte[9], new byte[2]));
            var appended = await store.Append(step.Stream, step.Expected, [.. events], CancellationToken.None);
            return new(appended, IsConflict: false, null);
        }
        catch (WrongExpectedRevisionException conflict)
        {
            return new(null, IsConflict: true, conflict.Actual);
        }
    }

    private static async Task<List<(string, Guid)>> Log(EmbeddedEventStore store)
    {
        var log = new List<(string, Guid)>();
        await foreach (var read in store.ReadAll(ReadDirection.Forwards, null, null, CancellationToken.None))
            log.Add((read.Stream, read.Id));
        return log;
    }
}

internal sealed record Step(string Stream, ExpectedRevision Expected, List<Guid> Ids, bool Restarts)
{
    public override string ToString() =>
        $"{(Restarts ? "restart, " : "")}{Stream} at {Expected}: {string.Concat(Ids.Select(id => id.ToString()[7]))}";
}

/// <param name="Actual">The stream's last revision at a conflict; null = no such stream.</param>
internal sealed record ModelOutcome(Appended? Appended, bool IsConflict, ulong? Actual);
