using System.Data.Common;

namespace CountingKit.EventSourcing;

/// <summary>
/// Tells what the portal stands on being away from a failure of what was done: nobody's mistake, and over again without
/// anybody's help. The one place that looks behind exceptions for it.
/// </summary>
/// <param name="isAway">The database cannot be used just now, as its adapter knows.</param>
public sealed class Outages(Predicate<DbException> isAway)
{
    /// <returns>Null = it is something else.</returns>
    public ErrorCode? Of(Exception failure) => failure switch
    {
        EventStoreUnavailableException => StorageCodes.EventStoreAway,
        OutcomeUnknownException => StorageCodes.OutcomeUnknown,
        WrongExpectedRevisionException => StorageCodes.Overtaken,
        DbException database when isAway(database) => StorageCodes.DatabaseAway,
        { InnerException: { } inner } => Of(inner),
        _ => null,
    };

    public bool Is(Exception failure) => Of(failure) is not null;

    /// <summary>It says nothing of what was being done: the same may succeed the next time.</summary>
    internal bool IsPassing(Exception failure) =>
        failure is OperationCanceledException or OutOfMemoryException || Is(failure);
}
