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
        page = await With(ExporterForm.New(data, chosen?.ConnectionId, spreadsheet), page, ct);
        return View(Views + "Form.cshtml", await Arranged(page, ct));
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
        var form = ExporterForm.Of(exporterId, row.ReadConfiguration(), row.ConfigurationVersion);
        return View(Views + "Form.cshtml", await Arranged(await With(form, await Page(row, ct), ct), ct));
    }

    [HttpPost("{exporterId:guid}/edit"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Change(Guid exporterId, ExporterForm form, CancellationToken ct) => await Save(
        form with { ExporterId = exporterId }, await mediator.Send(new GetExporter(exporterId), ct),
        configuration => new ChangeExporter(form.CommandId, exporterId, configuration, form.Version),
        "Saved. It takes effect with the next run.", ct);

    /// <summary>
    /// The form as it was sent, with a column moved, the columns of a preset or of other data, the tracking categories read, or the
    /// preview beside it.
    /// </summary>
    [HttpPost("new/form"), HttpPost("{exporterId:guid}/edit/form"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> Again(
        Guid? exporterId, ExporterForm form, string? move, ColumnPreset? preset, bool tracking, bool preview, CancellationToken ct)
    {
        ModelState.Clear();
        var row = RouteData.Values.ContainsKey("exporterId") && exporterId is { } id
            ? await mediator.Send(new GetExporter(id), ct)
            : null;
        var page = await With(form.OfItsData(), await Page(row, ct), ct);
        if (tracking) page = await WithTracking(page, ct);
        if (preset is { } columns) page = page with { Form = page.Form.With(columns, page.Offered, page.Choices.Country) };
        page = await Arranged(page, ct);
        if (move is not null) page = page with { Form = page.Form.Moved(move, page.Offered) };
        if (preview) page = page with { Preview = await Preview(page, ct) };
        return Answer(page, StatusCodes.Status200OK);
    }

    [HttpPost("preview"), Needs(Permission.ManageExporters)]
    public async Task<IActionResult> ShowPreview(ExporterForm form, CancellationToken ct)
    {
        ModelState.Clear();
        // Other data may have been chosen a moment ago: the form with its columns is on its way.
        var page = await With(form.OfItsData(), await Page(null, ct), ct);
        if (form.IsOfOtherData) page = page with { Form = page.Form.Arranged(page.Offered) };
        return PartialView(Views + "_Preview.cshtml", await Preview(page, ct));
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
            form = form.OfItsData();
        }

        page = await With(form, page, ct);
        if (row is null) page = page with { Form = form = await Suggested(page, ct) };
        if (string.IsNullOrWhiteSpace(form.Name)) ModelState.AddModelError(nameof(ExporterForm.Name), "Give the exporter a name.");
        if (string.IsNullOrWhiteSpace(form.TabTitle)) ModelState.AddModelError(nameof(ExporterForm.TabTitle), "Name the tab.");
        if (ModelState.IsValid)
        {
            try
            {
                var appended = await mediator.Send(command(form.ToConfiguration(page.Offered)), ct);
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
        var again = form.Arranged(page.Offered) with
        {
            CommandId = Guid.CreateVersion7(),
            ExporterId = row?.ExporterId ?? Guid.CreateVersion7(),
        };
        return Answer(page with { Form = again }, StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<PreviewPage> Preview(ExporterFormPage page, CancellationToken ct)
    {
        var form = page.Form;
        if (form.ConnectionId is null) return new(null, "Choose an organization to see its rows here.");
        try
        {
            var preview = await mediator.Send(new PreviewExporter(form.ToConfiguration(page.Offered)), ct);
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
        ExporterForm.New(DatasetCatalogue.All[0], null, null), row,
        (await mediator.Send(new ListConnections(), ct)).Items, await mediator.Send(new ListSpreadsheets(), ct));

    /// <summary>The page of this form: with what its organization lets it choose from.</summary>
    private async Task<ExporterFormPage> With(ExporterForm form, ExporterFormPage page, CancellationToken ct)
    {
        page = page with { Form = form };
        return page.Organization is { } chosen
            ? page with { Choices = await mediator.Send(new GetColumnChoices(chosen.ConnectionId, form.ChosenDataset.Key), ct) }
            : page;
    }

    private async Task<ExporterFormPage> WithTracking(ExporterFormPage page, CancellationToken ct)
    {
        if (page.Organization is not { } chosen) return page;
        var read = await mediator.Send(new ReadTrackingCategories(Guid.CreateVersion7(), chosen.ConnectionId), ct);
        if (read.Code is not null) ModelState.AddModelError(nameof(ExporterForm.Columns), $"{read.Message} {read.Code}");
        page = await With(page.Form, page, ct);
        return page.Row is null ? page with { Form = page.Form.WithTracking(page.Offered) } : page;
    }

    /// <summary>Its columns in their order; of a new exporter, with a name and a tab for what is chosen by now.</summary>
    private async Task<ExporterFormPage> Arranged(ExporterFormPage page, CancellationToken ct)
    {
        if (page.Row is null) page = page with { Form = await Suggested(page, ct) };
        return page with { Form = page.Form.Arranged(page.Offered) };
    }

    private async Task<ExporterForm> Suggested(ExporterFormPage page, CancellationToken ct)
    {
        var exporters = await mediator.Send(new ListExporters(), ct);
        return page.Form.Suggesting(
            page.Organization?.Called,
            exporters.Where(row => row.SpreadsheetKey == page.Form.SpreadsheetKey).SelectMany(row => new[] { row.Tab, row.TabTitle }));
    }

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
    public ColumnChoices Choices { get; init; } = ColumnChoices.Unknown;

    /// <summary>The columns to choose from.</summary>
    public IReadOnlyList<Column> Offered => Form.ChosenDataset.Offered(Choices.Categories);

    /// <summary>The chosen one; null = none is, or it is not among those that the member may choose.</summary>
    public ConnectionListItem? Organization => Connections.FirstOrDefault(connection => connection.ConnectionId == Form.ConnectionId);

    /// <summary>As it is offered, or as the exporter has it although it is not offered any more.</summary>
    public Column ColumnOf(string key) => Offered.FirstOrDefault(column => column.Key == key) ?? Form.ChosenDataset.Column(key);

    /// <summary>Exactly the columns of this preset are chosen.</summary>
    public bool Has(ColumnPreset preset) => Offered.Where(column => column.IsIn(preset, Choices.Country)).Select(column => column.Key).ToHashSet()
        .SetEquals((Form.Columns ?? []).Where(field => field.Chosen).Select(field => field.Key));

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
