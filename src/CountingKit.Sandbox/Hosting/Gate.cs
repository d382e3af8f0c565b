namespace CountingKit.Sandbox.Hosting;

/// <summary>Which request to hold: the first match after <c>After</c> others.</summary>
/// <param name="Stage"><c>before</c> it is carried out (default), or <c>after</c> that, before its answer.</param>
internal sealed record GateOrder(string? Vendor, string? PathPattern, int After = 0, string Stage = "before");

internal sealed record GateState(bool Set, bool Held, string? Path);

/// <summary>Holds one request until it is released. Only one gate at a time; a new one lets the old one go.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();
    private Order? _order;

    /// <exception cref="ArgumentException">The order means nothing; the message says why.</exception>
    public void Set(GateOrder order)
    {
        if (order.Stage is not ("before" or "after")) throw new ArgumentException("stage must be before or after.");
        if (order.After < 0) throw new ArgumentException("after must be at least 0.");
        var next = new Order(order, new RequestPattern(order.Vendor, order.PathPattern));
        lock (_lock)
        {
            _order?.Released.TrySetResult();
            _order = next;
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            _order?.Released.TrySetResult();
            _order = null;
        }
    }

    public GateState State()
    {
        lock (_lock) return new GateState(_order is not null, _order?.Held is not null, _order?.Held);
    }

    /// <summary>Completes at once unless this request is the one to hold at this stage.</summary>
    public Task Pass(string vendor, string request, string stage)
    {
        lock (_lock)
        {
            if (_order is not { Held: null } order || order.Wish.Stage != stage) return Task.CompletedTask;
            if (!order.Pattern.Matches(vendor, request) || order.Seen++ < order.Wish.After) return Task.CompletedTask;
            order.Held = request;
            return order.Released.Task;
        }
    }

    private sealed class Order(GateOrder wish, RequestPattern pattern)
    {
        public GateOrder Wish => wish;
        public RequestPattern Pattern => pattern;
        public int Seen { get; set; }
        public string? Held { get; set; }
        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
