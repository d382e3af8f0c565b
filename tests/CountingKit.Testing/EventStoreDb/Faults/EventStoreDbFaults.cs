namespace CountingKit.Testing.EventStoreDb.Faults;

/// <summary>
/// What shall go wrong, in the order it was asked for: each fault befalls one call and is gone. May be set while calls run.
/// </summary>
public sealed class EventStoreDbFaults
{
    private readonly Lock _gate = new();
    private readonly Queue<CallFault> _writes = new();
    private readonly Queue<CallFault> _reads = new();
    private readonly Queue<Cut> _cuts = new();
    private readonly HashSet<Guid> _befallen = [];
    private CallFault? _eachWrite;
    private int _fired;
    private int _begun;

    /// <summary>How many befell somebody so far.</summary>
    public int Fired
    {
        get { lock (_gate) return _fired; }
    }

    /// <summary>How many still wait for somebody.</summary>
    public int Waiting
    {
        get { lock (_gate) return _writes.Count + _reads.Count + _cuts.Count; }
    }

    /// <summary>The node named by <see cref="CallFault.NotLeader"/>; null names the node itself.</summary>
    public (string Host, int Port)? Leader { get; set; }

    /// <summary>Whoever asks the node for gossip waits in vain.</summary>
    public bool IsGossipSilent { get; set; }

    /// <summary>The node hangs, as one that was stopped: it keeps its connections and answers nobody.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>How long bounded reads wait behind each event.</summary>
    public TimeSpan ReadPause { get; set; }

    /// <summary>How many reads and subscriptions were begun so far.</summary>
    public int Reads
    {
        get { lock (_gate) return _begun; }
    }

    /// <summary>The next appends and deletions.</summary>
    public EventStoreDbFaults OnWrite(CallFault fault, int times = 1) => Add(_writes, fault, times);

    /// <summary>Every append from now on, the first time that it comes; sent again with the same events, it is spared.</summary>
    public EventStoreDbFaults OnEachAppendOnce(CallFault fault)
    {
        lock (_gate) _eachWrite = fault;
        return this;
    }

    /// <summary>
    /// The next reads and subscriptions, before their first message; "after" and "commit timeout" mean nothing here.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A fault of writes.</exception>
    public EventStoreDbFaults OnRead(CallFault fault, int times = 1) =>
        fault is CallFault.NotReady or CallFault.NotLeader or CallFault.ResetBefore or CallFault.SilenceBefore
            ? Add(_reads, fault, times)
            : throw new ArgumentOutOfRangeException(nameof(fault), fault, "A read has no effect to be before or after.");

    /// <summary>Ends a subscription after so many more events on any subscription; the one that got the last is cut.</summary>
    /// <param name="afterEvents">At least 1.</param>
    public EventStoreDbFaults CutSubscription(SubscriptionEnd end, int afterEvents, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(afterEvents, 1);
        lock (_gate)
            for (var i = 0; i < times; i++) _cuts.Enqueue(new(end, afterEvents));
        return this;
    }

    /// <summary>Those that have befallen nobody so far never will.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _writes.Clear();
            _reads.Clear();
            _cuts.Clear();
            _eachWrite = null;
        }
    }

    /// <param name="firstEvent">Null = it is no append, or one of no events.</param>
    internal CallFault? NextWrite(Guid? firstEvent)
    {
        if (Next(_writes) is { } fault) return fault;
        lock (_gate)
        {
            if (_eachWrite is null || firstEvent is not { } id || !_befallen.Add(id)) return null;
            _fired++;
            return _eachWrite;
        }
    }

    internal CallFault? NextRead()
    {
        lock (_gate) _begun++;
        return Next(_reads);
    }

    /// <summary>Counts an event of a subscription.</summary>
    /// <returns>How the subscription ends after this event, or null.</returns>
    internal SubscriptionEnd? AfterEvent()
    {
        lock (_gate)
        {
            if (!_cuts.TryPeek(out var cut) || --cut.Left > 0) return null;
            _cuts.Dequeue();
            _fired++;
            return cut.End;
        }
    }

    private EventStoreDbFaults Add(Queue<CallFault> faults, CallFault fault, int times)
    {
        lock (_gate)
            for (var i = 0; i < times; i++) faults.Enqueue(fault);
        return this;
    }

    private CallFault? Next(Queue<CallFault> faults)
    {
        lock (_gate)
        {
            if (!faults.TryDequeue(out var fault)) return null;
            _fired++;
            return fault;
        }
    }

    private sealed class Cut(SubscriptionEnd end, int left)
    {
        public SubscriptionEnd End => end;
        public int Left { get; set; } = left;
    }
}
