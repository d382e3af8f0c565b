using CountingKit.Web.Features.Shared;
using CountingKit.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CountingKit.Web.Features.Api;

/// <summary>
/// Tells a program which header or parameter of its request cannot be read, and what it must be. What was sent is not
/// repeated: it may be long.
/// </summary>
internal static class UnreadableRequest
{
    private const string Advice = "Nothing was changed. Correct the request and send it again.";

    public static BadRequestObjectResult Answer(ActionContext context)
    {
        var wrong = context.ModelState
            .Where(entry => entry.Value?.ValidationState == ModelValidationState.Invalid)
            .ToDictionary(
                entry => entry.Key,
                entry => new[] { Words(entry.Key, context.ActionDescriptor.Parameters) });
        var page = ErrorPage.Of(StatusCodes.Status400BadRequest, context.HttpContext.CorrelationId()) with
        {
            Title = wrong.Count == 0 ? Words("", []) : string.Join(" ", wrong.Values.SelectMany(words => words)),
            Message = Advice,
        };
        return new BadRequestObjectResult(page.ToProblem(new ValidationProblemDetails(wrong)));
    }

    /// <param name="name">As a program sends it; empty = the request as a whole.</param>
    private static string Words(string name, IEnumerable<ParameterDescriptor> parameters)
    {
        if (name.Length == 0) return "The request cannot be read.";
        var type = parameters.FirstOrDefault(p => NameOf(p).Equals(name, StringComparison.OrdinalIgnoreCase))?.ParameterType;
        return type == typeof(Guid) || type == typeof(Guid?) ? $"{name} must be one GUID, not all zeros." : $"{name} cannot be read.";
    }

    private static string NameOf(ParameterDescriptor parameter) =>
        parameter.BindingInfo?.BinderModelName ?? parameter.Name;
}
