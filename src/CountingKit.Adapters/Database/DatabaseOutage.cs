using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CountingKit.Adapters.Database;

/// <summary>Tells a database that cannot be used just now from a statement that was wrong.</summary>
public static class DatabaseOutage
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>The server is away or starting, its connections are all taken; or the file, its disk or its lock fail.</summary>
    public static bool Is(DbException failure) => failure is SqliteException file
        ? file.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN
            or raw.SQLITE_READONLY or raw.SQLITE_PERM
        : failure.IsTransient;

    /// <summary>As <see cref="Is"/>, of whatever wraps it.</summary>
    public static bool IsBehind(Exception failure) =>
        failure is DbException database && Is(database)
        || failure.InnerException is { } inner && IsBehind(inner);

    /// <summary>
    /// For what can not be had again: an outage is waited for, a minute at most. The last failure is thrown, and any other
    /// at once.
    /// </summary>
    /// <param name="write">May be done twice: of a write whose answer was lost nobody knows whether it was done.</param>
    internal static async Task Outlast(Func<Task> write, TimeProvider time)
    {
        var began = time.GetTimestamp();
        for (var wait = FirstWait; ; wait = wait < LongestWait ? wait * 2 : wait)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception away) when (IsBehind(away) && time.GetElapsedTime(began) < Longest)
            {
                await Task.Delay(wait, time);
            }
        }
    }
}
