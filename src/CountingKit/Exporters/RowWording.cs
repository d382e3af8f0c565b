using System.Runtime.CompilerServices;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Mirror;

namespace CountingKit.Exporters;

/// <summary>
/// How a snapshot's rows read in a sheet: statuses in Xero's own words, links that open the right organization. A snapshot
/// keeps what Xero sent, under its hash, however the words for it change; so a replay's rows are the ones of its run.
/// </summary>
internal sealed class RowWording
{
    private const string Xero = "https://go.xero.com/";

    private readonly Dictionary<int, Func<string, string>> words = [];
    private readonly SortedSet<string> names = [];
    private readonly string? shortCode;

    /// <param name="shortCode">Xero's name for the organization in links; null = unknown, or there are several.</param>
    public RowWording(Dataset dataset, IReadOnlyList<SnapshotColumn> columns, string? shortCode)
    {
        var statuses = dataset.Statuses.ToDictionary(status => status.Value, status => status.Meaning);
        this.shortCode = shortCode is not null && shortCode.All(c => char.IsAsciiLetterOrDigit(c) || c is '!' or '-' or '_')
            ? shortCode : null;
        for (var i = 0; i < columns.Count; i++)
            if (columns[i].Key == "status" && statuses.Count > 0)
                Read(i, value => statuses.GetValueOrDefault(value, value), "statuses 1");
            else if (dataset.Columns.FirstOrDefault(column => column.Key == columns[i].Key)?.Words is { } codes)
                Read(i, value => codes.GetValueOrDefault(value, value), $"{columns[i].Key} 1");
            else if (this.shortCode is not null && IsLink(dataset, columns[i])) Read(i, Link, $"links 1 {shortCode}");
    }

    /// <summary>Differs where the same rows would read differently; empty = they are written as they are.</summary>
    public string Name => string.Join(';', names);

    /// <summary>For the organization of an exporter, as it was described last; with several none can be said of all rows.</summary>
    public static async Task<RowWording> Of(
        Streams streams, Dataset dataset, Snapshot snapshot, IReadOnlyList<Guid> connectionIds, CancellationToken ct)
    {
        var connection = connectionIds is [var only] && snapshot.Columns.Any(column => IsLink(dataset, column))
            ? await streams.Read(Connection.StreamOf(only), Connection.Decider, ct) as Connection.State.Open : null;
        return new(dataset, snapshot.Columns, connection?.Description?.ShortCode);
    }

    public async IAsyncEnumerable<CellValue[]> Of(
        IAsyncEnumerable<CellValue[]> rows, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in rows.WithCancellation(ct)) yield return Of(row);
    }

    /// <returns>The same row, changed.</returns>
    public CellValue[] Of(CellValue[] row)
    {
        foreach (var (column, word) in words)
            if (row[column].Kind == CellKind.Text) row[column] = CellValue.Text(word(row[column].AsText));
        return row;
    }

    private static bool IsLink(Dataset dataset, SnapshotColumn column) =>
        dataset.Columns.FirstOrDefault(c => c.Key == column.Key)?.Path.StartsWith("=link(", StringComparison.Ordinal) == true;

    private void Read(int column, Func<string, string> word, string name)
    {
        words[column] = word;
        names.Add(name);
    }

    /// <summary>Xero asks who is not in that organization just then to change to it.</summary>
    private string Link(string address) => address.StartsWith(Xero, StringComparison.Ordinal)
        ? $"{Xero}organisationlogin/default.aspx?shortcode={shortCode}&redirecturl=/{address[Xero.Length..]}"
        : address;
}
