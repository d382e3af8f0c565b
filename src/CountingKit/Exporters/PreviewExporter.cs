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

/// <summary>What a configuration would give, from what was read already, and what its runs would cost. Asks nobody.</summary>
[Asks(Permission.View)]
public sealed record PreviewExporter(
    [property: Required] ExporterConfiguration Configuration, [property: Range(1, 200)] int Rows = 20)
    : IQuery<ExporterPreview>, IConcernsConnections
{
    public IReadOnlyList<Guid> ConnectionIds => Configuration.ConnectionIds;
}

/// <param name="Headings">One a column.</param>
/// <param name="Rows">In the words of a sheet; null = nothing was read from this organization yet.</param>
/// <param name="ReadAt">UTC: how fresh the rows are; null = never read.</param>
public sealed record ExporterPreview(
    IReadOnlyList<SheetHeading> Headings, IReadOnlyList<CellValue[]>? Rows, DateTime? ReadAt, ExporterCost Cost);

public sealed record SheetHeading(string Text, ColumnType Type);

/// <summary>Calls to Xero.</summary>
/// <param name="Whole">For reading everything once; null = how many records there are is not known yet.</param>
/// <param name="Refresh">For a refresh in which little has changed.</param>
/// <param name="UsedToday">For this organization since midnight UTC.</param>
/// <param name="DayLimit">What Xero's tier allows in 24 hours.</param>
public sealed record ExporterCost(int? Whole, int Refresh, int UsedToday, int DayLimit)
{
    /// <summary>Records that one call brings (Xero Accounting API, pageSize).</summary>
    public const int RecordsPerCall = 1000;

    /// <summary>Of a list whose pages have one size.</summary>
    public const int RecordsPerShortPage = 100;

    /// <summary>Of a report, each a call; null = the data is a list.</summary>
    public int? Periods { get; init; }

    /// <summary>The first run asks for the organization's base currency, too.</summary>
    public bool AsksForBase { get; init; }

    /// <summary>Those of them that each refresh reads again.</summary>
    public int Open { get; init; }
}

internal sealed class PreviewExporterHandler(
    Streams streams, IMirror mirror, ExporterCosts costs, IDbContextFactory<VaultDb> vault, TimeProvider time)
    : IRequestHandler<PreviewExporter, ExporterPreview>
{
    public async Task<ExporterPreview> Handle(PreviewExporter query, CancellationToken ct)
    {
        var configuration = query.Configuration;
        ConfigurationRules.CheckData(configuration);
        var dataset = DatasetCatalogue.Get(configuration.Dataset);
        var resources = DatasetCatalogue.ResourcesOf(dataset, configuration.ColumnsUsed(), configuration.Report);
        var source = new Source(configuration.ConnectionIds[0], resources[0].Name);
        var headings = configuration.Columns.Select(
            c => new SheetHeading(c.Heading ?? dataset.Column(c.Key).Heading, dataset.Column(c.Key).Type)).ToList();

        await using var db = await vault.CreateDbContextAsync(ct);
        var state = await db.SourceStates.AsNoTracking().FirstOrDefaultAsync(
            s => s.ConnectionId == source.ConnectionId && s.Resource == source.Resource, ct);
        var known = await streams.Read(SegmentList.StreamOf(source), SegmentList.Decider, ct);
        var connection = await streams.Read(
            Connection.StreamOf(source.ConnectionId), Connection.Decider, ct) as Connection.State.Open;
        var periods = resources[0].Report is { Kind: var kind }
            ? configuration.Periods(kind, OrganizationCalendar.Of(connection?.Description), time.GetUtcNow()) : null;
        var isRead = !known.Segments.IsEmpty;
        if (isRead && periods is not null)
        {
            var read = await Sync.PeriodsRead(vault, source, ct);
            isRead = periods.Any(period => read.ContainsKey(period.Period.Key));
        }

        IReadOnlyList<CellValue[]>? rows = null;
        if (isRead)
        {
            var organization = new OrganizationRows(
                source, connection?.OrganizationName ?? "", known.Segments, await Lookups(source, resources, ct),
                connection?.Description?.BaseCurrency, periods?.Select(period => period.Period.Key).ToList());
            var wording = new RowWording(
                dataset, [.. configuration.Columns.Select(c => new SnapshotColumn(c.Key, dataset.Column(c.Key).Type))],
                connection?.Description?.ShortCode);
            rows = [.. (await FirstRows(organization, query, ct)).Select(row => wording.Of(row))];
        }
        else if (state?.LastFullAt is not null && periods is null) rows = [];

        var cost = await costs.Of(source.ConnectionId, state, resources, periods, ct);
        var asksForBase = connection?.Description?.BaseCurrency is null && dataset.ShowsBaseAmounts(configuration.ColumnsUsed());
        return new(headings, rows, state?.LastReadAt, asksForBase ? cost with { Whole = cost.Whole + 1, AsksForBase = true } : cost);
    }

    private async Task<IReadOnlyList<CellValue[]>> FirstRows(
        OrganizationRows organization, PreviewExporter query, CancellationToken ct)
    {
        var configuration = query.Configuration;
        try
        {
            return await mirror.Preview(
                new Projection(
                    configuration.Dataset, [organization], [.. configuration.Columns.Select(c => c.Key)],
                    configuration.RowFilters(), configuration.Sort),
                query.Rows, ct);
        }
        catch (MirrorDamagedException)
        {
            throw new RefusedException(MirrorCodes.FileDamaged);
        }
        catch (MirrorMemoryException)
        {
            throw new RefusedException(MirrorCodes.MemoryLow);
        }
        catch (FolderGoneException)
        {
            throw new RefusedException(
                StorageCodes.FolderGone, $"The rows can't be shown right now ({StorageCodes.FolderGone.Code}).");
        }
    }

    /// <summary>What was read of them already.</summary>
    private async Task<Dictionary<string, IReadOnlyList<Segment>>> Lookups(
        Source source, IReadOnlyList<Resource> resources, CancellationToken ct)
    {
        var lookups = new Dictionary<string, IReadOnlyList<Segment>>();
        foreach (var resource in resources.Skip(1).Select(resource => source with { Resource = resource.Name }))
            lookups[resource.Resource] = (await streams.Read(SegmentList.StreamOf(resource), SegmentList.Decider, ct)).Segments;
        return lookups;
    }
}
