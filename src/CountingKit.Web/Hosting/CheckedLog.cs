using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using CountingKit.Adapters.Moving;
using CountingKit.EventSourcing;

namespace CountingKit.Web.Hosting;

/// <summary>
/// Lets nobody read or write the log before it is known to belong to the vault, also where the event store came only after
/// the portal had started.
/// </summary>
/// <param name="check">Of the same log.</param>
/// <param name="wrong">Told once if it belongs to another: the portal must stop.</param>
/// <param name="older">Told once if it ends before what was followed already.</param>
internal sealed class CheckedLog(IEventStore log, InstallationBinding check, Action<string> wrong, Action older, TimeProvider time)
    : IEventStore, IAsyncDisposable
{
    private volatile FailedAppend? failedAppend;

    private readonly SemaphoreSlim turn = new(1);
    private volatile bool isOurs;
    private bool isDisposed;
    private int looks;
    private ExceptionDispatchInfo? failed;

    /// <summary>The last append, where the log did not take it; null = it did.</summary>
    public FailedAppend? FailedAppend => failedAppend;

    /// <returns>Null = they belong together; else why not, to be read behind the log's setting.</returns>
    public async Task<string?> Problem(CancellationToken ct)
    {
        if (isOurs) return null;
        var before = Volatile.Read(ref looks);
        await turn.WaitAsync(ct);
        try
        {
            if (isOurs) return null;
            // What failed for another one meanwhile fails for all who waited: a look for each would keep them too long.
            if (looks != before) failed?.Throw();
            return await Look(ct);
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task<Appended> Append(
        string stream, ExpectedRevision expected, IReadOnlyList<EventData> events, CancellationToken ct)
    {
        await BeSure(ct);
        try
        {
            var appended = await log.Append(stream, expected, events, ct);
            failedAppend = null;
            return appended;
        }
        catch (EventStoreUnavailableException away) when (!ct.IsCancellationRequested)
        {
            failedAppend = new(time.GetUtcNow(), away.Message);
            throw;
        }
        catch (OutcomeUnknownException) when (!ct.IsCancellationRequested)
        {
            failedAppend = new(time.GetUtcNow(), "It did not say in time whether it was written.");
            throw;
        }
    }

    public async IAsyncEnumerable<StoredEvent> ReadStream(
        string stream, ReadDirection direction, ulong? from, long? maxCount, [EnumeratorCancellation] CancellationToken ct)
    {
        await BeSure(ct);
        await foreach (var stored in log.ReadStream(stream, direction, from, maxCount, ct)) yield return stored;
    }

    public async IAsyncEnumerable<StoredEvent> ReadAll(
        ReadDirection direction, Position? from, long? maxCount, [EnumeratorCancellation] CancellationToken ct)
    {
        await BeSure(ct);
        await foreach (var stored in log.ReadAll(direction, from, maxCount, ct)) yield return stored;
    }

    public async IAsyncEnumerable<SubscriptionMessage> SubscribeToAll(
        Position? after, [EnumeratorCancellation] CancellationToken ct)
    {
        await BeSure(ct);
        await foreach (var message in log.SubscribeToAll(after, ct)) yield return message;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, true)) return; // It is registered as itself and as the store.
        turn.Dispose();
        if (log is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }

    private async Task<string?> Look(CancellationToken ct)
    {
        failed = null;
        try
        {
            var problem = await check.Problem(ct);
            if (problem is null && await check.SetBack(ct)) older();
            isOurs = problem is null;
            return problem;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            failed = ExceptionDispatchInfo.Capture(failure);
            throw;
        }
        finally
        {
            Interlocked.Increment(ref looks);
        }
    }

    private async ValueTask BeSure(CancellationToken ct)
    {
        if (await Problem(ct) is not { } problem) return;
        wrong(problem);
        throw new EventStoreUnavailableException($"EventStore__ConnectionString {problem}");
    }
}

/// <param name="At">UTC.</param>
internal sealed record FailedAppend(DateTimeOffset At, string Why);
