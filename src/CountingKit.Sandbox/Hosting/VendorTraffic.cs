using System.Text.Json;

namespace CountingKit.Sandbox.Hosting;

/// <summary>
/// Stands in front of each stand-in: injects faults, holds a request at the gate, and writes the journal before the
/// answer leaves. A request that has arrived is carried out whole, whether or not its caller still waits.
/// </summary>
/// <param name="ended">The sandbox is over: what is held or delayed is broken off.</param>
internal sealed class VendorTraffic(
    string vendor,
    Journal journal,
    Faults faults,
    Gate gate,
    TimeProvider clock,
    ILogger logger,
    CancellationToken ended)
{
    public async Task Handle(HttpContext context, RequestDelegate standIn)
    {
        try
        {
            await Pass(context, standIn);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task Pass(HttpContext context, RequestDelegate standIn)
    {
        var callerGone = context.RequestAborted;
        var note = new RequestNote();
        context.Features.Set(note);
        await ReadWhole(context.Request);
        context.RequestAborted = CancellationToken.None;

        var began = clock.GetUtcNow();
        var request = $"{context.Request.Method} {context.Request.Path}";
        var fault = faults.Strike(vendor, request);
        await gate.Pass(vendor, request, "before").WaitAsync(ended);
        if (fault?.Kind == "delay") await Task.Delay(fault.DelayMs, ended);

        using var answer = new BufferedAnswer(context.Response);
        if (fault?.Kind == "status") await Answer(context.Response, fault);
        else if (fault?.Kind != "drop-before") await CarryOut(context, standIn);
        answer.Detach();

        var unanswered = fault?.Kind is "drop-before" or "drop-after" or "hang";
        journal.Append(new JournalEntry(0, clock.GetUtcNow(), began, vendor, context.Request.Method, context.Request.Path,
            note.Query, unanswered ? 0 : context.Response.StatusCode, note.Account, note.Tenant, note.Write,
            fault?.Kind, note.Tabs));
        await gate.Pass(vendor, request, "after").WaitAsync(ended);

        if (fault?.Kind == "hang")
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(callerGone, ended);
            await Task.Delay(Timeout.Infinite, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (unanswered) context.Abort();
        else await answer.Send(callerGone);
    }

    private async Task CarryOut(HttpContext context, RequestDelegate standIn)
    {
        try
        {
            await standIn(context);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The edge of the process: the caller gets a server error, the reason is on standard error.
            logger.LogError(e, "The {Vendor} stand-in failed at {Method} {Path}.", vendor, context.Request.Method,
                context.Request.Path);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static async Task ReadWhole(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        body.Position = 0;
        request.Body = body;
    }

    private static async Task Answer(HttpResponse response, Fault fault)
    {
        response.StatusCode = fault.Status;
        foreach (var (name, value) in fault.Headers ?? []) response.Headers[name] = value;
        if (fault.Body is not { } body) return;
        var isText = body.ValueKind == JsonValueKind.String;
        if (response.ContentType is null) response.ContentType = isText ? "text/plain" : "application/json";
        await response.WriteAsync(isText ? body.GetString()! : body.GetRawText());
    }
}
