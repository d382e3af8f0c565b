using CountingKit.EventSourcing;
using CountingKit.Web.Features.Shared;
using CountingKit.Web.Hosting;
using CountingKit.Web.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CountingKit.Web.Features.Errors;

/// <summary>
/// Answers for an outage, wherever in the pipeline it struck. It answers at once: a second way through the
/// pipeline, as other errors take it, would ask the database again who asks.
/// </summary>
internal sealed class OutageHandler(
    IModelMetadataProvider metadata, Outages outages, ReadModels readModels, ILogger<OutageHandler> log)
    : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception failure, CancellationToken ct)
    {
        if (outages.Of(failure) is not { } outage) return false;
        outages.Log(log, failure, "A request could not be answered");
        if (outage == StorageCodes.DatabaseAway) outage = Cause();
        var page = ErrorPage.Of(outage, context.CorrelationId());
        context.Response.StatusCode = page.Status;
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        await Answer(context, page).ExecuteResultAsync(new(context, new(), new ActionDescriptor()));
        return true;
    }

    /// <summary>Why the database is away, as far as it is known.</summary>
    private ErrorCode Cause() =>
        readModels.IsGone ? StorageCodes.FolderGone
        : readModels.MayBeDamaged ? StorageCodes.Damaged
        : StorageCodes.DatabaseAway;

    private IActionResult Answer(HttpContext context, ErrorPage page)
    {
        var asked = new PathString(context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path.Value);
        if (ApiRequests.IsApi(asked)) return new ObjectResult(page.ToProblem()) { StatusCode = page.Status };
        if (!context.Request.IsOfAPage())
            return new ViewResult { ViewName = "Error", ViewData = View(page), StatusCode = page.Status };

        context.Response.ToNotice();
        return new PartialViewResult
        {
            ViewName = "_Refusal", ViewData = View(page.ToRefusal()), StatusCode = page.Status,
        };
    }

    private ViewDataDictionary<T> View<T>(T model) => new(metadata, new ModelStateDictionary()) { Model = model };
}
