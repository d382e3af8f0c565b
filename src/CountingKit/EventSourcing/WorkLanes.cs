namespace CountingKit.EventSourcing;

/// <summary>
/// The lane that the flow of work at hand has, if any. Who waits for somebody outside lends it to other work meanwhile; who
/// would wait long gives it back with <see cref="WorkResult.Again"/>. A wait ends with <see cref="OvertakenException"/> when
/// the work is woken: something is to be looked at, such as a wish to cancel.
/// </summary>
public sealed class WorkLanes(TimeProvider time)
{
    /// <summary>To wait so long costs less than a change of lanes.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    private readonly AsyncLocal<WorkPlace?> place = new();

    /// <summary>False = a person's request, which has no lane.</summary>
    public bool HasLane => place.Value is not null;

    /// <summary>For work that takes long without a wait.</summary>
    /// <exception cref="OvertakenException">It was woken.</exception>
    public void ThrowIfWoken() => place.Value?.ThrowIfWoken();

    /// <summary>Longer than a moment it waits without its lane.</summary>
    /// <param name="toItsEnd">Also when the work is woken: what was begun outside has to be over first.</param>
    public async Task Wait(TimeSpan wait, CancellationToken ct, bool toItsEnd = false)
    {
        var over = Task.Delay(wait, time, ct);
        if (place.Value is not { } mine) await over;
        else if (wait <= Moment) await (toItsEnd ? over : mine.Await(over));
        else await (await WithoutLane(mine, over, ct, toItsEnd));
    }

    /// <summary>
    /// Takes its turn; if that does not come within a moment, it waits without its lane. No turn is kept while a lane is
    /// waited for: who has a lane may be waiting for that turn.
    /// </summary>
    public async Task Wait(SemaphoreSlim turn, CancellationToken ct)
    {
        if (place.Value is not { } mine)
        {
            await turn.WaitAsync(ct);
            return;
        }

        while (true)
        {
            mine.ThrowIfWoken();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var taken = turn.WaitAsync(stop.Token);
            Task back;
            try
            {
                await mine.Await(Quietly(taken.WaitAsync(Moment, ct)));
                if (taken.IsCompletedSuccessfully) return;
                back = await WithoutLane(mine, taken, ct);
            }
            catch
            {
                await stop.CancelAsync();
                await Quietly(taken);
                if (taken.IsCompletedSuccessfully) turn.Release();
                throw;
            }

            if (back.IsCompletedSuccessfully) return;
            turn.Release();
            await back;
        }
    }

    /// <summary>From here to the end of the calling method's flow.</summary>
    internal void Enter(WorkPlace mine) => place.Value = mine;

    private static async Task Quietly(Task wait) => await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <returns>Ends when there is a lane again.</returns>
    private static async Task<Task> WithoutLane(
        WorkPlace mine, Task wait, CancellationToken ct, bool toItsEnd = false)
    {
        mine.Lend();
        try
        {
            await (toItsEnd ? wait : mine.Await(wait));
        }
        catch
        {
            await mine.TakeBack(ct);
            throw;
        }

        return mine.TakeBack(ct);
    }
}

/// <summary>
/// The lanes of one group: who has one works. Whoever waits lends its lane, so more work is begun than there are lanes; the
/// rest begins when some of that has ended.
/// </summary>
internal sealed class WorkPlaces(int lanes) : IDisposable
{
    /// <summary>Each that waits without its lane keeps what it has read so far in memory: a few megabytes.</summary>
    public const int MostLent = 8;

    private readonly SemaphoreSlim room = new(lanes + MostLent);

    public SemaphoreSlim Free { get; } = new(lanes);

    /// <summary>As much room as there are lanes is left, or less: one subject may not take it all.</summary>
    public bool IsScarce => room.CurrentCount < lanes;

    /// <summary>Waits for a lane in which other work may begin.</summary>
    public async Task Begin(CancellationToken ct)
    {
        await room.WaitAsync(ct);
        try
        {
            await Free.WaitAsync(ct);
        }
        catch
        {
            room.Release();
            throw;
        }
    }

    /// <param name="hasLane">Its lane is free too: it was not lent.</param>
    public void End(bool hasLane)
    {
        if (hasLane) Free.Release();
        room.Release();
    }

    public void Dispose()
    {
        Free.Dispose();
        room.Dispose();
    }
}

/// <summary>
/// One attempt's lane. Parts of the attempt may wait at the same time: it is lent from the first wait's beginning to the last
/// one's end.
/// </summary>
/// <param name="places">One of whose lanes it has.</param>
/// <param name="ended">The attempt is over: it takes nothing back.</param>
internal sealed class WorkPlace(WorkPlaces places, CancellationToken ended)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource woken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int waiting;
    private bool isHeld = true;
    private bool hasLeft;
    private Task? takingBack;

    /// <summary>Something is to be looked at before the attempt goes on: it waits for nothing any more.</summary>
    public void Wake() => woken.TrySetResult();

    /// <exception cref="OvertakenException">It was woken.</exception>
    public void ThrowIfWoken()
    {
        if (woken.Task.IsCompleted) throw new OvertakenException();
    }

    /// <exception cref="OvertakenException">It was woken, before the wait or during it.</exception>
    public async Task Await(Task wait)
    {
        await Task.WhenAny(wait, woken.Task);
        ThrowIfWoken();
        await wait;
    }

    public void Lend()
    {
        lock (gate)
        {
            if (isHeld) places.Free.Release();
            isHeld = false;
            waiting++;
        }
    }

    /// <summary>The end of one wait: of the last one, when a lane is free again. Who was woken only ends, and needs none.</summary>
    public Task TakeBack(CancellationToken ct)
    {
        lock (gate)
        {
            if (--waiting > 0 || isHeld || woken.Task.IsCompleted) return Task.CompletedTask;
            if (takingBack is null && !hasLeft && places.Free.Wait(0, CancellationToken.None))
            {
                isHeld = true;
                return Task.CompletedTask;
            }

            takingBack ??= TakeBack();
            return Await(takingBack.WaitAsync(ct));
        }
    }

    /// <summary>The attempt is over, with its lane or without.</summary>
    public void Leave()
    {
        lock (gate)
        {
            hasLeft = true;
            places.End(isHeld);
            isHeld = false;
        }
    }

    private async Task TakeBack()
    {
        await Task.Yield();
        try
        {
            await places.Free.WaitAsync(ended);
        }
        catch
        {
            lock (gate) takingBack = null;
            throw;
        }

        // In one step: between two, another wait's end would take a second lane.
        lock (gate)
        {
            takingBack = null;
            isHeld = !hasLeft;
            if (hasLeft) places.Free.Release();
        }
    }
}
