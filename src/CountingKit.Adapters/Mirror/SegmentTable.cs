using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>What is kept of each segment beside it, as Parquet, for DuckDB to compute over.</summary>
internal abstract class SegmentTable
{
    /// <summary>In the files' names: a table of other columns, or made in another way, has another one.</summary>
    public abstract string Version { get; }

    /// <summary>Names and types.</summary>
    protected abstract string Columns { get; }

    public string CreateTable(string table) => $"CREATE OR REPLACE TEMP TABLE {table} ({Columns})";

    /// <summary>Appends a segment's rows, one at a time.</summary>
    /// <param name="versions">In the segment's order: a version's place there is its <c>ordinal</c>.</param>
    /// <param name="next">The next row, to be filled and ended.</param>
    /// <returns>For each row that was appended, about how many bytes it takes.</returns>
    public abstract IEnumerable<long> Append(IEnumerable<RecordVersion> versions, Func<IDuckDBAppenderRow> next);
}
