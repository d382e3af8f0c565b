using System.Data.Common;
using CountingKit.EventSourcing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CountingKit.Adapters.Database;

/// <summary>Tells a database that cannot be used just now from a statement that was wrong.</summary>
public static class DatabaseOutage
{
    /// <summary>The server ended a transaction in which nothing came for too long: this process stood still in it.</summary>
    private const string HungTransaction = "25P03";

    private static readonly Outages Outages = new(Is);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The server is away or starting, its connections are all taken; or the file, its disk or its lock fail. A damaged file
    /// is nobody's mistake either: read models are set aside and filled anew, and of the vault there is a backup.
    /// </summary>
    public static bool Is(DbException failure) => failure is SqliteException file
        ? file.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN
            or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB
        : failure.IsTransient || failure.SqlState == HungTransaction;

    /// <summary>For a person at a command: one line, with the database's own words, which hold no password.</summary>
    /// <returns>Null = it is something else.</returns>
    public static string? Told(Exception failure) =>
        Outages.Of(failure) == StorageCodes.DatabaseAway && Outages.CauseOf(failure) is { } cause
            ? $"A database did not answer ({cause.Message.Split('\n')[0].TrimEnd('\r', ' ', '.')})."
            : null;

    /// <summary>
    /// For what can not be had again: an outage is waited for, a minute at most. The last failure is thrown, and any other
    /// at once.
    /// </summary>
    /// <param name="write">May be done twice: of a write whose answer was lost nobody knows whether it was done.</param>
    internal static async Task Outlast(Func<Task> write, TimeProvider time)
    {
        var began = time.GetTimestamp();
        var backOff = new BackOff(FirstWait, LongestWait, time);
        while (true)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception away) when (Outages.Of(away) == StorageCodes.DatabaseAway && time.GetElapsedTime(began) < Longest)
            {
                await backOff.Wait(CancellationToken.None);
            }
        }
    }
}
