using DuckDB.NET.Data;

namespace CountingKit.Adapters.Mirror;

/// <summary>Which versions of which records a segment holds: what comparing and finding the latest ones takes.</summary>
internal sealed class SegmentIndex : SegmentTable
{
    private const long BytesOfRow = 100;

    public override string Version => "index1";

    protected override string Columns => "key VARCHAR, ordinal BIGINT, deleted BOOLEAN, hash BLOB";

    public override IEnumerable<long> Append(IEnumerable<RecordVersion> versions, Func<IDuckDBAppenderRow> next)
    {
        long ordinal = 0;
        foreach (var version in versions)
        {
            next().AppendValue(version.Key).AppendValue((long?)ordinal++).AppendValue((bool?)version.IsDeleted)
                .AppendValue(version.Hash.ToArray()).EndRow();
            yield return BytesOfRow;
        }
    }
}
