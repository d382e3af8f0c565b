namespace CountingKit.Mirror;

/// <summary>
/// For which run this flow of work calls the outside: adapters note it in the call log. What a person does on a page is
/// for no run.
/// </summary>
public sealed class CallAttribution
{
    private readonly AsyncLocal<Guid?> run = new();

    /// <summary>Null = for no run.</summary>
    public Guid? RunId => run.Value;

    /// <summary>From here to the end of the calling method's flow.</summary>
    internal void Begin(Guid runId) => run.Value = runId;
}
