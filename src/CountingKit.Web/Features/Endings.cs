using CountingKit.EventSourcing;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features;

internal static class Endings
{
    /// <summary>The end of a click that appended something: waits until pages tell it, which takes moments.</summary>
    /// <param name="notice">For the next page; null = it shows by itself what was done. Where pages are behind, that is said too.</param>
    public static async Task Done(this Controller controller, Appended appended, string? notice, CancellationToken ct)
    {
        var readModels = controller.HttpContext.RequestServices.GetRequiredService<ReadModels>();
        if (!await readModels.CaughtUpTo(appended.Position, ct))
            notice = $"{notice} This page is still catching up: reload it in a moment.".TrimStart();
        if (notice is not null) controller.TempData["Notice"] = notice;
    }
}
