using CountingKit.Datasets;

namespace CountingKit.Mirror;

/// <summary>
/// What we know of each organization: immutable, content-addressed segments of records, and the snapshots that runs
/// made of them. The mirror keeps no list: which segments count is said by events, and handed in. What computes over
/// them may throw a <see cref="MirrorMemoryException"/>.
/// </summary>
public interface IMirror
{
    /// <summary>Asked before others are asked for what it is to keep: their answers cost.</summary>
    /// <exception cref="EventSourcing.FolderGoneException">It is away.</exception>
    void Require();

    /// <summary>
    /// Compares the pages with what <paramref name="current"/> holds and stores what is new or different as one segment,
    /// durable (file and folder flushed) when this returns. The same input twice gives the same file.
    /// </summary>
    /// <param name="full">
    /// True = the pages are the whole resource: keys not among them become deleted versions.
    /// </param>
    /// <param name="sequence">The number of this sync, rising per source.</param>
    Task<StagedSync> Stage(
        Source source, IReadOnlyList<Segment> current, long sequence, bool full, IAsyncEnumerable<SourcePage> pages,
        CancellationToken ct);

    /// <summary>Writes one base segment that holds the latest version of each record of <paramref name="current"/>.</summary>
    Task<Segment> Compact(Source source, IReadOnlyList<Segment> current, CancellationToken ct);

    /// <summary>
    /// Makes the rows of a run, in their total order, and keeps them under their content hash; a snapshot that is there
    /// already is not written again. Durable when this returns. A value that can't be read is a blank cell.
    /// </summary>
    /// <exception cref="MirrorDamagedException">A segment is missing or not what its name says.</exception>
    Task<MadeRows> Project(Projection projection, CancellationToken ct);

    /// <summary>The first rows of what <see cref="Project"/> would give, not kept.</summary>
    /// <inheritdoc cref="Project" path="/exception"/>
    Task<IReadOnlyList<CellValue[]>> Preview(Projection projection, int rows, CancellationToken ct);

    /// <summary>Reads a kept snapshot's rows in order, checked against its hash by the time the last row is given.</summary>
    /// <param name="from">How many rows are passed over first; past the last one there are none.</param>
    /// <exception cref="MirrorDamagedException">It is missing or not what its name says.</exception>
    IAsyncEnumerable<CellValue[]> ReadRows(Snapshot snapshot, long from, CancellationToken ct);

    /// <inheritdoc cref="ReadRows(Snapshot, long, CancellationToken)"/>
    sealed IAsyncEnumerable<CellValue[]> ReadRows(Snapshot snapshot, CancellationToken ct) => ReadRows(snapshot, 0, ct);

    /// <summary>Whether a snapshot's rows are still kept.</summary>
    bool Has(Snapshot snapshot);

    /// <summary>Rows added, changed and removed from one snapshot to the next, by the key column.</summary>
    Task<Difference> Compare(Snapshot before, Snapshot after, string keyColumn, CancellationToken ct);

    /// <summary>The rows that <see cref="Compare"/> counts as unchanged, in the order of the later snapshot.</summary>
    /// <param name="most">So many runs are worth telling; null is returned where there are more.</param>
    /// <exception cref="MirrorDamagedException">A snapshot is missing or not what its name says.</exception>
    Task<IReadOnlyList<RowRun>?> KeptRows(Snapshot before, Snapshot after, string keyColumn, int most, CancellationToken ct);

    /// <summary>
    /// The rows that <see cref="Compare"/> counts as added, changed or removed: in the order of the later snapshot, then the
    /// removed ones in that of the earlier. They are read as they are taken; what is needed to find them is given back when
    /// that ends.
    /// </summary>
    /// <exception cref="MirrorDamagedException">A snapshot is missing or not what its name says; told before the first row.</exception>
    IAsyncEnumerable<RowDifference> ReadChanges(
        Snapshot before, Snapshot after, string keyColumn, RowChanges wanted, CancellationToken ct);
}

/// <summary>One resource of one connection.</summary>
public sealed record Source(Guid ConnectionId, string Resource)
{
    /// <summary>What Xero says of the organization itself, which is read at each check of its connection.</summary>
    public const string Organization = "Organisation";

    /// <summary>Its line in Xero's list of connections.</summary>
    public const string Connection = "Connections";
}

/// <summary>A file of record versions.</summary>
/// <param name="Hash">SHA-256 of the file's content, 64 hex digits in lower case; also its name.</param>
/// <param name="IsBase">True = holds every record; what came before it is not needed for rows from here on.</param>
/// <param name="Sequence">The number of the sync that made it (or up to which a base goes).</param>
/// <param name="Versions">Records in it, deleted ones too.</param>
/// <param name="Bytes">The file's size.</param>
public sealed record Segment(string Hash, bool IsBase, long Sequence, long Versions, long Bytes);

/// <param name="Segment">Null = nothing changed, nothing was stored.</param>
/// <param name="Read">Distinct records read.</param>
/// <param name="ItemCount">Records that the source said there are; null = it did not say.</param>
/// <param name="SourceTime">The source's clock on page 1, UTC; null = it told none.</param>
public sealed record StagedSync(
    Segment? Segment, long Read, long? ItemCount, long Added, long Changed, long Deleted, DateTimeOffset? SourceTime);

/// <summary>What a run's rows are made of and how: the recipe's exact part.</summary>
/// <param name="Organizations">Exact segments per organization, with the name its rows bear.</param>
/// <param name="Columns">Keys, in the person's order; the key column may be absent.</param>
/// <param name="Sort">The exporter's sort; the key decides ties. Empty = the dataset's.</param>
public sealed record Projection(
    string Dataset,
    IReadOnlyList<OrganizationRows> Organizations,
    IReadOnlyList<string> Columns,
    IReadOnlyList<RowFilter> Filters,
    IReadOnlyList<SortBy> Sort);

/// <param name="Lookups">
/// Segments of the resources that the columns, filters or sort look something up in, by the resource's name; one that is
/// missing gives no values.
/// </param>
/// <param name="BaseCurrency">ISO 4217; null = not known.</param>
/// <param name="Records">The keys of the records that count, such as a report's periods; null = all.</param>
public sealed record OrganizationRows(
    Source Source, string OrganizationName, IReadOnlyList<Segment> Segments,
    IReadOnlyDictionary<string, IReadOnlyList<Segment>>? Lookups = null, string? BaseCurrency = null,
    IReadOnlyList<string>? Records = null);

/// <summary>The exact rows that a run produced.</summary>
/// <param name="Hash">The content hash, 64 hex digits in lower case; also its name.</param>
/// <param name="ConnectionId">The connection in whose folder it lies.</param>
public sealed record Snapshot(
    string Hash, Guid ConnectionId, string Dataset, IReadOnlyList<SnapshotColumn> Columns, long Rows, long Bytes);

/// <param name="Type">The column's type, for formats; the hash knows only its kind.</param>
public sealed record SnapshotColumn(string Key, ColumnType Type);

/// <summary>A run's rows, kept.</summary>
/// <param name="Unreadable">What these rows lack because it could not be read; null = nothing.</param>
/// <param name="LeftOut">How many rows more there would be without the projection's filters.</param>
/// <param name="Unrated">Records whose amounts in base currency these rows lack; null = none.</param>
public sealed record MadeRows(Snapshot Snapshot, UnreadableValues? Unreadable, long LeftOut, UnratedRecords? Unrated);

/// <summary>Records in a foreign currency for which Xero gives no rate.</summary>
/// <param name="First">What people call them, shortened if need be, else their keys; <see cref="MostNamed"/> at most.</param>
/// <param name="Count">All of them.</param>
public sealed record UnratedRecords(IReadOnlyList<string> First, long Count)
{
    public const int MostNamed = 20;
}

/// <param name="First">By the records' keys; <see cref="MostNamed"/> at most.</param>
/// <param name="Count">All of them.</param>
public sealed record UnreadableValues(IReadOnlyList<UnreadableValue> First, long Count)
{
    public const int MostNamed = 20;
}

/// <param name="Record">The record's key.</param>
/// <param name="Name">What people call it, shortened if need be: its number; null = it has none.</param>
/// <param name="Column">
/// Key of the column that lacks the value; or, when it decides which records are rows or holds the rows, the record's
/// property.
/// </param>
/// <param name="IsLeftOut">
/// False = the record's cell is blank. True = the record is not among the rows, because a filter asks for this value.
/// </param>
public sealed record UnreadableValue(string Record, string? Name, string Column, bool IsLeftOut);

public sealed record Difference(long Added, long Changed, long Removed, long Unchanged);

/// <summary>What can become of a row from one snapshot to another.</summary>
[Flags]
public enum RowChanges
{
    Added = 1,
    Changed = 2,
    Removed = 4,
    All = Added | Changed | Removed,
}

/// <summary>One row as it was and as it is, each in the columns of its own snapshot.</summary>
/// <param name="Before">Null = it was added.</param>
/// <param name="After">Null = it was removed.</param>
public sealed record RowDifference(CellValue[]? Before, CellValue[]? After)
{
    public RowChanges Kind => Before is null ? RowChanges.Added : After is null ? RowChanges.Removed : RowChanges.Changed;
}

/// <summary>The memory that the mirror may take does not suffice for what was asked of it; nothing was changed.</summary>
public sealed class MirrorMemoryException(Exception inner)
    : Exception("The memory for computing over the stored data does not suffice.", inner);

/// <summary>A file of the mirror is missing or was changed from outside.</summary>
public sealed class MirrorDamagedException(string message, Exception? inner = null) : Exception(message, inner);
