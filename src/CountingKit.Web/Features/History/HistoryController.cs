using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CountingKit.Adapters.Files;
using CountingKit.History;
using CountingKit.Messaging;
using CountingKit.Mirror;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace CountingKit.Web.Features.History;

/// <param name="With">The earlier run that the file compares the rows with; null = it holds the run's own rows.</param>
/// <param name="NoMark">CSV without the mark of UTF-8.</param>
/// <param name="AsIs">CSV in which a text that looks like a formula is left as it is.</param>
public sealed record DownloadForm(FileFormat Format = FileFormat.Csv, Guid? With = null, bool NoMark = false, bool AsIs = false);

/// <summary>A past run's rows: seen, compared, taken along.</summary>
[Route("runs/{runId:guid}")]
public sealed class HistoryController(IMediator mediator) : Controller
{
    private const int PageSize = 50;

    /// <param name="only">Null = all rows; else those of which that became since the run before.</param>
    /// <param name="from">How many rows stand before the page.</param>
    [HttpGet("rows"), Needs(Permission.View)]
    public async Task<IActionResult> Rows(
        Guid runId, RowChanges? only, [Range(0, int.MaxValue)] int from = 0, CancellationToken ct = default)
    {
        this.RequireUnderstoodAddress();
        return this.PageOrFragment("_Rows", new RowsPage(
            await mediator.Send(new GetRunRows(runId, only, from, PageSize), ct), only, from));
    }

    /// <param name="with">Null = the run before.</param>
    /// <param name="from">How many changed rows stand before the page of them.</param>
    [HttpGet("compare"), Needs(Permission.View)]
    public async Task<IActionResult> Compare(
        Guid runId, Guid? with, [Range(0, int.MaxValue)] int from = 0, CancellationToken ct = default)
    {
        this.RequireUnderstoodAddress();
        return this.PageOrFragment("_Comparison", new ComparisonPage(
            await mediator.Send(new CompareRuns(runId, with, from, PageSize), ct), with, from));
    }

    /// <summary>That it was handed out is noted before the first byte is.</summary>
    [HttpPost("download"), Needs(Permission.View)]
    public async Task<IActionResult> Download(Guid runId, DownloadForm form, CancellationToken ct)
    {
        this.RequireUnderstoodAddress();
        var file = await mediator.Send(new GetRowsFile(runId, form.Format, form.With), ct);
        await mediator.Send(new NoteDownload(Guid.CreateVersion7(), runId, form.Format, form.With), ct);
        return new FileDownload(file, new FileChoices(!form.NoMark, !form.AsIs));
    }
}

/// <param name="Only">Null = all rows.</param>
/// <param name="From">How many rows stand before these.</param>
public sealed record RowsPage(RunRowsPage Found, RowChanges? Only, int From)
{
    /// <summary>The page on which these rows begin.</summary>
    public string Address(RowChanges? only, int from) => Addresses.Of(
        $"/runs/{Found.Run.Run.RunId}/rows", ("only", only?.ToString()), ("from", from > 0 ? Addresses.Number(from) : null));

    /// <summary>Those that were removed are in the earlier run alone.</summary>
    public RowsTable Table => new(
        Only == RowChanges.Removed ? Found.Pair!.Before.Columns : Found.Run.Columns, Found.Rows,
        Only is null ? null : Found.Pair);

    public Steps Steps => Steps.Of(From, Found.Rows.Count, Found.HasMore, from => Address(Only, from));
}

/// <param name="With">As it stands in the address.</param>
/// <param name="From">How many changed rows stand before these.</param>
public sealed record ComparisonPage(RunComparison Found, Guid? With, int From)
{
    public string Address(int from) => Addresses.Of(
        $"/runs/{Found.Run.Run.RunId}/compare", ("with", With?.ToString()), ("from", from > 0 ? Addresses.Number(from) : null));

    public Steps Steps => Steps.Of(From, Found.Rows?.Changed.Count ?? 0, Found.Rows?.HasMore == true, Address);

    /// <summary>The run beside which the asked one stands: the earlier or the later of the pair.</summary>
    public Guid? Other => Found.Pair is not { } pair ? null
        : pair.After.Run.RunId == Found.Run.Run.RunId ? pair.Before.Run.RunId : pair.After.Run.RunId;
}

/// <summary>Rows as a table.</summary>
/// <param name="Columns">Of the rows that are shown.</param>
/// <param name="Pair">Null = the rows are compared with nothing.</param>
public sealed record RowsTable(IReadOnlyList<PastColumn> Columns, IReadOnlyList<RowDifference> Rows, RunPair? Pair);

/// <summary>Where the rows before and after these are.</summary>
/// <param name="First">Number of the first row of the page, from 1.</param>
/// <param name="Previous">Null = this is the first page.</param>
/// <param name="Next">Null = this is the last.</param>
public sealed record Steps(int First, int Last, string? Previous, string? Next)
{
    private const int PageSize = 50;

    public static Steps Of(int from, int rows, bool hasMore, Func<int, string> address) => new(
        from + 1, from + rows, from > 0 ? address(Math.Max(0, from - PageSize)) : null, hasMore ? address(from + rows) : null);
}

internal static class Addresses
{
    /// <summary>What has no value is left out.</summary>
    public static string Of(string path, params (string Name, string? Value)[] parts) => QueryHelpers.AddQueryString(
        path, parts.Where(part => part.Value is not null).Select(part => new KeyValuePair<string, string?>(part.Name, part.Value)));

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
