using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CountingKit.Adapters.Database;

/// <summary>Tells a database that cannot be used just now from a statement that was wrong.</summary>
public static class DatabaseOutage
{
    /// <summary>The server is away or starting, its connections are all taken; or the file, its disk or its lock fail.</summary>
    public static bool Is(DbException failure) => failure is SqliteException file
        ? file.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN
            or raw.SQLITE_READONLY or raw.SQLITE_PERM
        : failure.IsTransient;
}
