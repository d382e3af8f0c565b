namespace CountingKit.Spreadsheets;

/// <summary>Told when the vault learns something new of a Google sign-in, so that the log learns it soon.</summary>
public sealed class GoogleSignInSignal : IDisposable
{
    private readonly SemaphoreSlim raised = new(0);

    public void Raise()
    {
        if (raised.CurrentCount == 0) raised.Release();
    }

    /// <summary>Returns when raised, or after <paramref name="atMost"/>.</summary>
    /// <returns>Whether it was raised.</returns>
    public Task<bool> Wait(TimeSpan atMost, CancellationToken ct) => raised.WaitAsync(atMost, ct);

    public void Dispose() => raised.Dispose();
}
