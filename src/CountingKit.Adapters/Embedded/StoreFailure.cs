using CountingKit.EventSourcing;
using Microsoft.Data.Sqlite;

namespace CountingKit.Adapters.Embedded;

/// <summary>What a failure of the file means to the caller of the store.</summary>
internal static class StoreFailure
{
    private const int CannotOpen = 14;
    private const int Full = 13;
    private const int WriteFailed = 778;

    /// <param name="inDoubt">
    /// Whether it was the commit that failed. A write that failed or a full disk leave no whole commit record; after
    /// any other error there, a flush above all, a restart may find the record in the write-ahead log.
    /// </param>
    public static Exception Of(string stream, Exception failure, bool inDoubt) =>
        inDoubt && failure is not SqliteException { SqliteExtendedErrorCode: Full or WriteFailed }
            ? new OutcomeUnknownException(stream, failure)
            : Unavailable(failure);

    public static EventStoreUnavailableException Unavailable(Exception failure) => new(
        $"The event store's file can't be used now: {failure.Message}", failure,
        failure is SqliteException { SqliteErrorCode: CannotOpen } ? StorageCodes.FolderGone : null);

    /// <summary>What the file, the disk or its permissions do to us; anything else is a bug and stays itself.</summary>
    public static bool IsOfTheFile(Exception failure) =>
        failure is SqliteException or IOException or UnauthorizedAccessException or InvalidDataException;
}
