using System.Text;
using CountingKit.EventSourcing;

namespace CountingKit.Tests.EventSourcing;

/// <summary>
/// What every event store does. Derived once per adapter. The log may be shared with others: facts name streams of
/// their own and look past foreign events.
/// </summary>
public abstract partial class EventStoreContract : IAsyncLifetime
{
    private readonly List<IEventStore> opened = [];
    private readonly string own = Guid.CreateVersion7().ToString("N");
    private readonly CancellationTokenSource giveUp = new(TimeSpan.FromSeconds(60));

    protected IEventStore Store { get; private set; } = null!;

    /// <summary>Nothing in these facts takes a minute; what hangs fails by it.</summary>
    protected CancellationToken Ct => giveUp.Token;

    /// <summary>Another instance on this test's log, as another process would have.</summary>
    protected abstract IEventStore Open();

    public virtual Task InitializeAsync()
    {
        Store = OpenAnother();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var store in opened) await Close(store);
        giveUp.Dispose();
    }

    protected IEventStore OpenAnother()
    {
        var store = Open();
        opened.Add(store);
        return store;
    }

    protected async Task Restart()
    {
        opened.Remove(Store);
        await Close(Store);
        Store = OpenAnother();
    }

    protected string Stream(string name = "a") => $"{name}-{own}";

    protected static EventData Event(string type = "happened.v1", string data = "{}", string metadata = "{}") =>
        new(Guid.CreateVersion7(), type, Encoding.UTF8.GetBytes(data), Encoding.UTF8.GetBytes(metadata));

    protected static EventData[] Events(int count) => [.. Enumerable.Range(0, count).Select(_ => Event())];

    protected Task<Appended> Append(string stream, ExpectedRevision expected, params EventData[] events) =>
        Store.Append(stream, expected, events, Ct);

    protected Task<List<StoredEvent>> Read(
        string stream, ReadDirection direction = ReadDirection.Forwards, ulong? from = null, long? maxCount = null) =>
        Collect(Store.ReadStream(stream, direction, from, maxCount, Ct));

    protected async Task<Guid[]> IdsOf(string stream) => [.. (await Read(stream)).Select(read => read.Id)];

    /// <summary>The place of the log's end now, for facts that must look past what stood before.</summary>
    protected async Task<Position> Mark() => (await Append(Stream("mark"), ExpectedRevision.Any, Event())).Position;

    protected bool IsOwn(StoredEvent read) => read.Stream.EndsWith(own, StringComparison.Ordinal);

    protected static async Task<List<StoredEvent>> Collect(IAsyncEnumerable<StoredEvent> events)
    {
        var list = new List<StoredEvent>();
        await foreach (var read in events) list.Add(read);
        return list;
    }

    protected static async Task Conflict(Func<Task> append, ulong? actual)
    {
        var refused = await append.Should().ThrowAsync<WrongExpectedRevisionException>();
        refused.Which.Actual.Should().Be(actual);
    }

    private static async Task Close(IEventStore store)
    {
        if (store is IAsyncDisposable closing) await closing.DisposeAsync();
    }
}
