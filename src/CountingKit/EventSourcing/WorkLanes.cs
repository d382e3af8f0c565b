namespace CountingKit.EventSourcing;

/// <summary>
/// The lane that the flow of work at hand has, if any. Who waits for somebody outside lends it to other work meanwhile; who
/// would wait long gives it back with <see cref="WorkResult.Again"/>.
/// </summary>
public sealed class WorkLanes(TimeProvider time)
{
    /// <summary>To wait so long costs less than a change of lanes.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    private readonly AsyncLocal<WorkPlace?> place = new();

    /// <summary>False = a person's request, which has no lane.</summary>
    public bool HasLane => place.Value is not null;

    /// <summary>False = as many pieces as memory is for wait already: this one is to give its lane back.</summary>
    public bool MayWait(TimeSpan wait) => wait <= Moment || place.Value is not { } mine || mine.MayLend;

    /// <summary>Longer than a moment it waits without its lane, if it may.</summary>
    public async Task Wait(TimeSpan wait, CancellationToken ct)
    {
        var waited = Task.Delay(wait, time, ct);
        if (wait <= Moment || !await WithoutLane(waited, ct)) await waited;
    }

    /// <summary>Takes its turn; if that does not come within a moment, it waits without its lane.</summary>
    public async Task Wait(SemaphoreSlim turn, CancellationToken ct)
    {
        if (await turn.WaitAsync(Moment, ct)) return;
        var taken = turn.WaitAsync(ct);
        try
        {
            if (!await WithoutLane(taken, ct)) await taken;
        }
        catch when (taken.IsCompletedSuccessfully)
        {
            turn.Release();
            throw;
        }
    }

    /// <summary>From here to the end of the calling method's flow.</summary>
    internal void Enter(WorkPlace mine) => place.Value = mine;

    /// <returns>False = it has no lane, or may not lend it: not waited.</returns>
    private async Task<bool> WithoutLane(Task waited, CancellationToken ct)
    {
        if (place.Value is not { } mine || !mine.TryLend()) return false;
        try
        {
            await waited;
        }
        finally
        {
            await mine.TakeBack(ct);
        }

        return true;
    }
}

/// <summary>The lanes of one group: who has one works.</summary>
internal sealed class WorkPlaces(int lanes) : IDisposable
{
    /// <summary>Each that waits without its lane keeps what it has read so far in memory: a few megabytes.</summary>
    public const int MostLent = 8;

    public SemaphoreSlim Free { get; } = new(lanes);

    public SemaphoreSlim Lendable { get; } = new(MostLent);

    public void Dispose()
    {
        Free.Dispose();
        Lendable.Dispose();
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
    private int waiting;
    private bool isHeld = true;
    private bool hasLeft;
    private Task? takingBack;

    public bool MayLend
    {
        get { lock (gate) return !isHeld || places.Lendable.CurrentCount > 0; }
    }

    /// <returns>False = too many lanes are lent.</returns>
    public bool TryLend()
    {
        lock (gate)
        {
            if (isHeld)
            {
                if (!places.Lendable.Wait(0)) return false;
                isHeld = false;
                places.Free.Release();
            }

            waiting++;
            return true;
        }
    }

    /// <summary>The end of one wait: of the last one, when a lane is free again.</summary>
    public Task TakeBack(CancellationToken ct)
    {
        lock (gate)
        {
            if (--waiting > 0 || isHeld) return Task.CompletedTask;
            takingBack ??= TakeBack();
            return takingBack.WaitAsync(ct);
        }
    }

    /// <summary>The attempt is over, with its lane or without.</summary>
    public void Leave()
    {
        lock (gate)
        {
            hasLeft = true;
            (isHeld ? places.Free : places.Lendable).Release();
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
            (hasLeft ? places.Free : places.Lendable).Release();
        }
    }
}
