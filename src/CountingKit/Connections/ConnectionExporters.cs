using System.ComponentModel.DataAnnotations;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Connections;

/// <summary>An exporter, as far as the organizations that it reads are concerned. Gone when it is deleted.</summary>
public sealed class ConnectionExporterRow : IReadRow
{
    [Key]
    public Guid ExporterId { get; set; }

    [MaxLength(300)]
    public required string Name { get; set; }

    [MaxLength(60)]
    public required string Dataset { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>The organizations that it reads, separated by spaces; who may not see each of them does not see it.</summary>
    public required string Connections { get; set; }

    public IReadOnlyList<Guid> ConnectionIds =>
        [.. Connections.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];
}

/// <summary>Which exporters read which organization, as they are configured now.</summary>
public sealed class ConnectionExportersProjection : IProjection
{
    public async Task Apply(RecordedEvent recorded, ReadDb db, CancellationToken ct)
    {
        switch (recorded.Event)
        {
            case ExporterCreated e:
                db.Add(new ConnectionExporterRow
                {
                    ExporterId = e.ExporterId,
                    Name = e.Configuration.Name,
                    Dataset = e.Configuration.Dataset,
                    Connections = Join(e.Configuration),
                });
                break;
            case ExporterChanged e when await Find(e.ExporterId, db, ct) is { } row:
                (row.Name, row.Dataset, row.Connections) =
                    (e.Configuration.Name, e.Configuration.Dataset, Join(e.Configuration));
                break;
            case ExporterPaused e when await Find(e.ExporterId, db, ct) is { } row:
                row.IsPaused = true;
                break;
            case ExporterResumed e when await Find(e.ExporterId, db, ct) is { } row:
                row.IsPaused = false;
                break;
            case ExporterDeleted e when await Find(e.ExporterId, db, ct) is { } row:
                db.Remove(row);
                break;
        }
    }

    private static ValueTask<ConnectionExporterRow?> Find(Guid exporterId, ReadDb db, CancellationToken ct) =>
        db.FindAsync<ConnectionExporterRow>([exporterId], ct);

    private static string Join(ExporterConfiguration configuration) => string.Join(' ', configuration.ConnectionIds.Order());
}

/// <summary>Reads it for pages and for what goes with an organization.</summary>
internal static class ConnectionExporters
{
    public static Task<List<ConnectionExporterRow>> ExportersOf(this ReadDb db, Guid connectionId, CancellationToken ct)
    {
        var id = connectionId.ToString();
        return db.Set<ConnectionExporterRow>().AsNoTracking()
            .Where(row => row.Connections.Contains(id)).OrderBy(row => row.Name).ToListAsync(ct);
    }
}
