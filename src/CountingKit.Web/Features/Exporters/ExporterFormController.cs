using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Runs;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Runs;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CountingKit.Web.Features.Exporters;

/// <summary>
/// The one form that makes and changes exporters. Without scripts it is rendered again for each step.
/// </summary>
[Route("exporters")]
public sealed class ExporterFormController(IMediator mediator) : Controller
{
    private const string Views = "/Features/Exporters/";

    [HttpGet("new"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> New(Guid? connection, string? dataset, CancellationToken ct)
    {
        var page = await Page(null, ct);
        var data = DatasetCatalogue.Find(dataset ?? "") ?? DatasetCatalogue.All[0];
        var chosen = page.Connections.FirstOrDefault(c => c.ConnectionId == connection)
            ?? (page.Connections.Count == 1 ? page.Connections[0] : null);
        var spreadsheet = page.Spreadsheets.Spreadsheets is [var only] ? only.SpreadsheetKey : (Guid?)null;
        var name = chosen is null ? null : ExporterForm.SuggestedName(chosen.Name, data);
        return View(Views + "Form.cshtml", page with
        {
            Form = ExporterForm.New(data, chosen?.ConnectionId, spreadsheet, name?.Length <= 100 ? name : null),
        });
    }

    [HttpPost("new"), Needs(Permission.ManageExporters)]
    public Task<IActionResult> Create(ExporterForm form, CancellationToken ct) => Save(
        form, null, configuration => new CreateExporter(form.CommandId, form.ExporterId, configuration),
        "Created. Run it to fill its tab, or add a schedule.", ct);

    [HttpGet("{exporterId:guid}/edit"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Edit(Guid exporterId, CancellationToken ct)
    {
        var row = await mediator.Send(new GetExporter(exporterId), ct);
        if (row.DeletedAt is not null) throw new NotFoundException();
        return View(Views + "Form.cshtml", (await Page(row, ct)) with
        {
            Form = ExporterForm.Of(exporterId, row.ReadConfiguration(), row.ConfigurationVersion),
        });
    }

    [HttpPost("{exporterId:guid}/edit"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Change(Guid exporterId, ExporterForm form, CancellationToken ct) => await Save(
        form with { ExporterId = exporterId }, await mediator.Send(new GetExporter(exporterId), ct),
        configuration => new ChangeExporter(form.CommandId, exporterId, configuration, form.Version),
        "Saved. It takes effect with the next run.", ct);

    /// <summary>
    /// The form as it was sent, with a column moved, the columns of other data, or the preview beside it.
    /// </summary>
    [HttpPost("new/form"), HttpPost("{exporterId:guid}/edit/form"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Again(
        Guid? exporterId, ExporterForm form, string? move, bool preview, CancellationToken ct)
    {
        ModelState.Clear();
        var row = RouteData.Values.ContainsKey("exporterId") && exporterId is { } id
            ? await mediator.Send(new GetExporter(id), ct)
            : null;
        var page = await Page(row, ct);
        form = form.OfItsData(page.Connections.Select(connection => connection.Name));
        page = page with { Form = move is null ? form.Arranged() : form.Moved(move) };
        if (preview) page = page with { Preview = await Preview(page.Form, ct) };
        return Answer(page, StatusCodes.Status200OK);
    }

    [HttpPost("preview"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> ShowPreview(ExporterForm form, CancellationToken ct)
    {
        ModelState.Clear();
        // Other data may have been chosen a moment ago: the form with its columns is on its way.
        return PartialView(Views + "_Preview.cshtml", await Preview(form.IsOfOtherData ? form.OfItsData([]).Arranged() : form, ct));
    }

    private async Task<IActionResult> Save(
        ExporterForm form, ExporterRow? row, Func<ExporterConfiguration, ICommand<Appended>> command, string notice,
        CancellationToken ct)
    {
        var page = await Page(row, ct);
        if (form.Shown is not null && DatasetCatalogue.Find(form.Shown) is null)
            ModelState.AddModelError(nameof(ExporterForm.Dataset), $"{ExporterCodes.NoDataset.Title}. {ExporterCodes.NoDataset.Code}");
        if (form.IsOfOtherData && row is null)
        {
            ModelState.AddModelError(
                nameof(ExporterForm.Dataset),
                $"The columns were those of other data. The usual ones of {form.ChosenDataset.Title} are chosen now: check them, and send the form again.");
            form = form.OfItsData(page.Connections.Select(connection => connection.Name));
        }

        if (ModelState.IsValid)
        {
            try
            {
                var appended = await mediator.Send(command(form.ToConfiguration()), ct);
                await this.Done(appended, notice, ct);
                return Redirect($"/exporters/{form.ExporterId}");
            }
            catch (RefusedException refused)
            {
                ModelState.AddModelError(ExporterLooks.FieldOf(refused.Code), $"{refused.Message} {refused.Code}");
                // Now they know: sent again, it replaces that, and nothing later.
                if (refused is ChangedMeanwhileException changed) form = form with { Version = changed.Version };
            }
        }

        // Another number, and for a new exporter another id: what comes next is another command.
        var again = form.Arranged() with
        {
            CommandId = Guid.CreateVersion7(),
            ExporterId = row?.ExporterId ?? Guid.CreateVersion7(),
        };
        return Answer(page with { Form = again }, StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<PreviewPage> Preview(ExporterForm form, CancellationToken ct)
    {
        if (form.ConnectionId is null) return new(null, "Choose an organization to see its rows here.");
        try
        {
            var preview = await mediator.Send(new PreviewExporter(form.ToConfiguration()), ct);
            return new(preview, null, preview.Rows is { Count: 0 } ? await Held(form, ct) : 0);
        }
        catch (RefusedException refused)
        {
            return new(null, refused.Message);
        }
    }

    /// <summary>Rows in the tab that the exporter goes on writing to; 0 = none, or it is not created yet.</summary>
    private async Task<long> Held(ExporterForm form, CancellationToken ct)
    {
        try
        {
            var row = await mediator.Send(new GetExporter(form.ExporterId), ct);
            return row.SpreadsheetKey == form.SpreadsheetKey ? row.Rows ?? 0 : 0;
        }
        catch (NotFoundException)
        {
            return 0;
        }
    }

    private async Task<ExporterFormPage> Page(ExporterRow? row, CancellationToken ct) => new(
        ExporterForm.New(DatasetCatalogue.All[0], null, null, null), row,
        (await mediator.Send(new ListConnections(), ct)).Items, await mediator.Send(new ListSpreadsheets(), ct));

    private IActionResult Answer(ExporterFormPage page, int status)
    {
        Response.Headers.Append(HeaderNames.Vary, "HX-Request");
        Response.StatusCode = status;
        return Request.WantsFragment()
            ? PartialView(Views + "_ExporterForm.cshtml", page)
            : View(Views + "Form.cshtml", page);
    }
}

/// <param name="Row">The exporter that is being changed; null = a new one.</param>
/// <param name="Preview">Null = not asked for; scripts ask for it by themselves.</param>
public sealed record ExporterFormPage(
    ExporterForm Form, ExporterRow? Row, IReadOnlyList<ConnectionListItem> Connections, SpreadsheetList Spreadsheets,
    PreviewPage? Preview = null)
{
    public string PostTo => Row is null ? "/exporters/new" : $"/exporters/{Row.ExporterId}/edit";

    public string BackTo => Row is null ? "/exporters" : $"/exporters/{Row.ExporterId}";
}

/// <param name="Preview">Null = it could not be made.</param>
/// <param name="Hint">Why it could not be made; null = it was.</param>
/// <param name="Held">Rows that the tab holds, where the preview has none.</param>
public sealed record PreviewPage(ExporterPreview? Preview, string? Hint, long Held = 0)
{
    private const string StopsFirst = " But if the filters are the same as when the tab was last updated, "
        + "the run stops before it removes anything, and you decide.";

    /// <summary>What filters that leave no rows would do; null = nothing.</summary>
    public string? WouldEmpty => Held == 0
        ? null
        : $"The tab holds {RunBadges.Rows(Held)} now. If you save filters that leave no rows, the next run removes "
            + $"{(Held == 1 ? "it" : "them")} from the tab."
            + (Held < RunCodes.EmptyingGuard ? "" : StopsFirst);
}
