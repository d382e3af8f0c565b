namespace CountingKit.EventSourcing;

/// <summary>What a request was to replace is not what it was made from any more.</summary>
/// <param name="version">What it is now: made from that, the request replaces it.</param>
public sealed class ChangedMeanwhileException(ErrorCode code, int version)
    : RefusedException(code)
{
    public int Version { get; } = version;
}
