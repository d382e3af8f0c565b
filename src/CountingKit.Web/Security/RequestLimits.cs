using CountingKit.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace CountingKit.Web.Security;

/// <summary>What an endpoint takes where it is not the usual: see <see cref="RequestLimits"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TakesAtMostAttribute(int kilobytes) : Attribute
{
    public int Bytes { get; } = kilobytes * 1024;

    /// <summary>Files too, so multipart.</summary>
    public bool Files { get; init; }
}

/// <summary>
/// How much of a request is taken, and for how long it may take to come: 413, 415 or 408 before anything acts on it. A form
/// is read here, whole; what comes after finds it read.
/// </summary>
internal static class RequestLimits
{
    private const int MostConnections = 1000;
    private const int MostFields = 1000;
    private const int LongestName = 200;

    private static readonly TakesAtMostAttribute Usual = new(256);
    private static readonly TimeSpan LongestHeaders = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestBody = TimeSpan.FromSeconds(30);

    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Usual.Bytes;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = LongestHeaders;
        });
        builder.Services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = MostFields;
            form.KeyLengthLimit = LongestName;
            form.ValueLengthLimit = Usual.Bytes;
            form.MultipartBodyLengthLimit = Usual.Bytes;
        });
    }

    /// <summary>After it is known who asks: a stranger's form is not read where strangers have none.</summary>
    public static void UseRequestLimits(this WebApplication app) => app.Use(async (context, next) =>
    {
        var limit = context.GetEndpoint()?.Metadata.GetMetadata<TakesAtMostAttribute>() ?? Usual;
        if (context.ShowsAnError()) await next(context);
        else if (await Problem(context, limit) is { } status)
        {
            // The page that says so is made on this request too: it finds an empty form.
            context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
            context.Response.StatusCode = status;
        }
        else await next(context);
    });

    /// <returns>Null = it may go on.</returns>
    private static async Task<int?> Problem(HttpContext context, TakesAtMostAttribute limit)
    {
        var request = context.Request;
        if (request.ContentLength > limit.Bytes) return StatusCodes.Status413PayloadTooLarge;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit.Bytes;
        if (!request.HasFormContentType) return null;
        if (!limit.Files && request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            return StatusCodes.Status415UnsupportedMediaType;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        stop.CancelAfter(LongestBody);
        try
        {
            await request.ReadFormAsync(stop.Token);
            return null;
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode;
        }
        catch (InvalidDataException wrong)
        {
            return wrong.Message.Contains("limit", StringComparison.Ordinal)
                ? StatusCodes.Status413PayloadTooLarge
                : StatusCodes.Status400BadRequest;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return StatusCodes.Status408RequestTimeout;
        }
    }
}
