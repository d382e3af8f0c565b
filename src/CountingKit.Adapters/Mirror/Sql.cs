using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace CountingKit.Adapters.Mirror;

/// <summary>Speaking to DuckDB: names and paths are ours and quoted, values are parameters.</summary>
internal static class Sql
{
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>
    /// Only for settings and for paths of the mirror's own files, which DuckDB takes as no parameters.
    /// </summary>
    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>DuckDB's own limit was reached. Not every way to an answer gives the kind of its error.</summary>
    public static bool IsOutOfMemory(this DuckDBException error) =>
        error.ErrorType == DuckDBErrorType.OutOfMemory
        || error.Message.Contains("Out of Memory Error", StringComparison.OrdinalIgnoreCase);

    public static void Execute(this DuckDBConnection connection, string sql, params IEnumerable<object> values)
    {
        using var command = connection.Command(sql, values);
        command.ExecuteNonQuery();
    }

    public static long Number(this DuckDBConnection connection, string sql, params IEnumerable<object> values)
    {
        using var command = connection.Command(sql, values);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Rows one after the other; the result is never held whole.</summary>
    public static IEnumerable<DuckDBDataReader> Rows(
        this DuckDBConnection connection, string sql, params IEnumerable<object> values)
    {
        using var command = connection.Command(sql, values);
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return reader;
    }

    private static DuckDBCommand Command(this DuckDBConnection connection, string sql, IEnumerable<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values) command.Parameters.Add(new DuckDBParameter(value));
        return command;
    }
}
