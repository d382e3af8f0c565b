using CountingKit.Messaging;
using CountingKit.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CountingKit.Web.Features;

/// <summary>
/// Nothing of a request goes further whose address or form holds what is no text: databases, headers and comparisons
/// refuse it, each at another place and in its own way.
/// </summary>
internal sealed class OddTextFilter(IModelMetadataProvider metadata) : IAsyncResourceFilter
{
    private static readonly Refusal Odd = new(
        StatusCodes.Status422UnprocessableEntity, FormCodes.OddText.Title, FormCodes.OddText.Advice, FormCodes.OddText.Code);

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        if (await IsPlain(context)) await next();
        else context.Result = RefusalFilter.Answer(context.HttpContext, Odd, metadata);
    }

    private static async Task<bool> IsPlain(ResourceExecutingContext context)
    {
        var request = context.HttpContext.Request;
        var address = context.RouteData.Values.Values.OfType<string>()
            .Concat(request.Query.SelectMany(pair => pair.Value.Append(pair.Key)));
        if (!address.All(IsPlain)) return false;
        if (!request.HasFormContentType) return true;
        try
        {
            // Read and bounded already, for the antiforgery token.
            var form = await request.ReadFormAsync(context.HttpContext.RequestAborted);
            return form.SelectMany(pair => pair.Value.Append(pair.Key)).All(IsPlain);
        }
        catch (InvalidDataException)
        {
            // No form after all: nothing of it is bound, which the action's own answer tells.
            return true;
        }
    }

    private static bool IsPlain(string? text) => text is null || PlainText.Is(text);
}
