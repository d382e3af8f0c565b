using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace CountingKit.EventSourcing;

/// <summary>
/// Tells what the portal stands on being away from a failure of what was done: nobody's mistake, and over again without
/// anybody's help. The one place that looks behind exceptions for it.
/// </summary>
/// <param name="isAway">The database cannot be used just now, as its adapter knows.</param>
public sealed class Outages(Predicate<DbException> isAway)
{
    /// <returns>Null = it is something else.</returns>
    public ErrorCode? Of(Exception failure) => Find(failure)?.Code;

    /// <returns>The failure itself or what lies behind it, in whose words it is told best; null = it is something else.</returns>
    public Exception? CauseOf(Exception failure) => Find(failure)?.Cause;

    public bool Is(Exception failure) => Of(failure) is not null;

    /// <summary>
    /// An outage is one line: it comes again with every try, and where in the code it was met says nothing. Anything else
    /// is told whole.
    /// </summary>
    public void Log(ILogger log, Exception failure, string what)
    {
        if (Find(failure) is var (code, cause)) log.LogWarning("{What}: {Code}, {Cause}", what, code.Code, cause.Message);
        else log.LogError(failure, "{What}", what);
    }

    /// <summary>It says nothing of what was being done: the same may succeed the next time.</summary>
    internal bool IsPassing(Exception failure) =>
        failure is OperationCanceledException or OutOfMemoryException || Is(failure);

    private (ErrorCode Code, Exception Cause)? Find(Exception failure) => failure switch
    {
        EventStoreUnavailableException away => (away.Code, failure),
        OutcomeUnknownException => (StorageCodes.OutcomeUnknown, failure),
        WrongExpectedRevisionException => (StorageCodes.Overtaken, failure),
        FolderGoneException => (StorageCodes.FolderGone, failure),
        DbException database when isAway(database) => (StorageCodes.DatabaseAway, failure),
        { InnerException: { } inner } => Find(inner),
        _ => null,
    };
}

/// <summary>A folder of the database or of the mirror was moved away, or cannot be read just now.</summary>
/// <param name="folder">Where it was, the whole path.</param>
/// <param name="what">What is so about it.</param>
public sealed class FolderGoneException(string folder, string what = "is gone") : Exception($"The folder {folder} {what}.")
{
    /// <summary>For who may not see where it was: goes on after "The folder".</summary>
    public string What { get; } = what;
}
