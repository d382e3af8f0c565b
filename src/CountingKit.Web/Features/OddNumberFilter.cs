using System.Collections.Concurrent;
using CountingKit.Messaging;
using CountingKit.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CountingKit.Web.Features;

/// <summary>
/// Ids and versions in our forms are hidden or chosen, never typed: one that cannot be read comes from no form of ours, and is
/// not taken for one that is missing.
/// </summary>
internal sealed class OddNumberFilter(IModelMetadataProvider metadata) : IActionFilter
{
    private static readonly Refusal Odd = new(
        StatusCodes.Status400BadRequest, FormCodes.OddNumber.Title, FormCodes.OddNumber.Advice, FormCodes.OddNumber.Code);
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> Numbers = new();

    public void OnActionExecuting(ActionExecutingContext context)
    {
        if (context.ModelState.IsValid || HttpMethods.IsGet(context.HttpContext.Request.Method)) return;
        var numbers = Numbers.GetOrAdd(
            context.ActionDescriptor.Id, _ => [.. context.ActionDescriptor.Parameters.SelectMany(NumbersIn)]);
        if (numbers.Any(name => context.ModelState[name] is
            { ValidationState: ModelValidationState.Invalid, AttemptedValue.Length: > 0 }))
            context.Result = RefusalFilter.Answer(context.HttpContext, Odd, metadata);
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }

    private static IEnumerable<string> NumbersIn(ParameterDescriptor parameter) => IsNumber(parameter.ParameterType)
        ? [parameter.BindingInfo?.BinderModelName ?? parameter.Name]
        : parameter.ParameterType.GetProperties().Where(p => IsNumber(p.PropertyType)).Select(p => p.Name);

    private static bool IsNumber(Type type) => type == typeof(Guid) || type == typeof(Guid?) || type == typeof(int?);
}
