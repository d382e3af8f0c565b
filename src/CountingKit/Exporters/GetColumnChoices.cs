using System.ComponentModel.DataAnnotations;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Vault;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Exporters;

/// <summary>What an organization's columns depend on, as far as it was read. Asks nobody.</summary>
/// <param name="Dataset">The key of the one whose columns are chosen.</param>
[Asks(Permission.View)]
public sealed record GetColumnChoices(Guid ConnectionId, [property: MaxLength(100)] string Dataset)
    : IQuery<ColumnChoices>, IConcernsConnection;

/// <param name="Country">ISO 3166, such as GB; null = not known.</param>
/// <param name="Categories">Tracking categories, active ones first, by name; empty = there are none, or the data has no columns of them.</param>
/// <param name="TrackingReadAt">UTC: when they were read; null = never, or what was read is not at hand.</param>
public sealed record ColumnChoices(string? Country, IReadOnlyList<TrackingCategory> Categories, DateTime? TrackingReadAt)
{
    public static ColumnChoices Unknown { get; } = new(null, [], null);
}

internal sealed class GetColumnChoicesHandler(Streams streams, IMirror mirror, IDbContextFactory<VaultDb> vault)
    : IRequestHandler<GetColumnChoices, ColumnChoices>
{
    public async Task<ColumnChoices> Handle(GetColumnChoices query, CancellationToken ct)
    {
        var connection = await streams.Read(Connection.StreamOf(query.ConnectionId), Connection.Decider, ct) as Connection.State.Open;
        var choices = ColumnChoices.Unknown with { Country = connection?.Description?.CountryCode };
        if (DatasetCatalogue.Find(query.Dataset)?.Tracking is null) return choices;

        var source = TrackedCategories.SourceOf(query.ConnectionId);
        await using var db = await vault.CreateDbContextAsync(ct);
        var state = await db.SourceStates.AsNoTracking().FirstOrDefaultAsync(
            s => s.ConnectionId == source.ConnectionId && s.Resource == source.Resource, ct);
        if (state?.LastFullAt is null) return choices;
        var segments = (await streams.Read(SegmentList.StreamOf(source), SegmentList.Decider, ct)).Segments;
        try
        {
            return choices with
            {
                Categories = await TrackedCategories.Read(mirror, query.ConnectionId, segments, ct), TrackingReadAt = state.LastReadAt,
            };
        }
        catch (Exception away) when (away is MirrorDamagedException or MirrorMemoryException or FolderGoneException)
        {
            // They are offered for being read again, which mends what is damaged.
            return choices;
        }
    }
}

/// <summary>The categories among what was read of them: the data of tracking categories has a row per option.</summary>
internal static class TrackedCategories
{
    /// <summary>A category has at most a few hundred options, and an organization four categories.</summary>
    private const int MostOptions = 10_000;

    private static readonly Dataset Dataset = DatasetCatalogue.Get("trackingCategories");

    public static Source SourceOf(Guid connectionId) => new(connectionId, Dataset.Resource.Name);

    /// <summary>Active ones first, by name; without deleted ones.</summary>
    public static async Task<IReadOnlyList<TrackingCategory>> Read(
        IMirror mirror, Guid connectionId, IReadOnlyList<Segment> segments, CancellationToken ct)
    {
        var rows = await mirror.Preview(
            new Projection(
                Dataset.Key, [new(SourceOf(connectionId), "", segments)], ["trackingCategoryId", "category", "statusCode"],
                [new("statusCode", NotIn: ["DELETED"])], [new("category")]),
            MostOptions, ct);
        return
        [
            .. rows.Where(row => Guid.TryParse(Text(row[0]), out _))
                .Select(row => new TrackingCategory(Guid.Parse(Text(row[0])), Text(row[1]), Text(row[2]) != "ARCHIVED"))
                .DistinctBy(category => category.Id).OrderByDescending(category => category.IsActive),
        ];
    }

    private static string Text(CellValue cell) => cell.IsNull ? "" : cell.AsText;
}
