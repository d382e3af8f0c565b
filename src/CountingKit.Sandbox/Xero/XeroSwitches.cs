namespace CountingKit.Sandbox.Xero;

/// <summary>The settings in force; a change is on disk before it counts.</summary>
internal sealed class XeroSwitches(XeroState state, bool limits)
{
    private readonly Lock _lock = new();
    private volatile XeroSettings _now = state.Settings(limits);

    public XeroSettings Now => _now;

    public void Change(Func<XeroSettings, XeroSettings> change)
    {
        lock (_lock)
        {
            var next = change(_now);
            state.Keep(next);
            _now = next;
        }
    }
}
