using CountingKit.Adapters.Files;
using CountingKit.History;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CountingKit.Web.Features.History;

/// <summary>
/// A file that is written as its rows are read. What fails after it has begun breaks the connection: no program takes the part
/// that came for the whole.
/// </summary>
internal sealed class FileDownload(RowsFile file, FileChoices choices) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = RowFiles.MediaType(file.Format);
        response.Headers.CacheControl = "no-store";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        try
        {
            await RowFiles.Write(file, choices, response.Body, context.HttpContext.RequestAborted);
        }
        catch when (response.HasStarted)
        {
            context.HttpContext.Abort();
            throw;
        }
    }
}
