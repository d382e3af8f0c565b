using CountingKit.Mirror;

namespace CountingKit.Adapters.Xero;

/// <summary>Says what went wrong by its stable code, in our words and never in Xero's.</summary>
internal static class Refusals
{
    public static SourceException Because(
        SourceProblem problem, ErrorCode code, Exception? inner = null, DateTimeOffset? retryAt = null) =>
        new(problem, code.Code, $"{code.Title}. {code.Advice}", retryAt, inner);
}
