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
    private static readonly ConcurrentDictionary<string, IReadOnlyList<(string Name, bool IsHidden)>> Numbers = new();

    public void OnActionExecuting(ActionExecutingContext context)
    {
        if (context.ModelState.IsValid || HttpMethods.IsGet(context.HttpContext.Request.Method)) return;
        var numbers = Numbers.GetOrAdd(
            context.ActionDescriptor.Id, _ => [.. context.ActionDescriptor.Parameters.SelectMany(NumbersIn)]);
        if (numbers.Any(number => context.ModelState[number.Name] is { ValidationState: ModelValidationState.Invalid } sent
            && (number.IsHidden || sent.AttemptedValue is { Length: > 0 })))
            context.Result = RefusalFilter.Answer(context.HttpContext, Odd, metadata);
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }

    /// <summary>What a person chooses may be left out, and is told of at its place; what is hidden may not.</summary>
    private static IEnumerable<(string Name, bool IsHidden)> NumbersIn(ParameterDescriptor parameter) => IsNumber(parameter.ParameterType)
        ? [(parameter.BindingInfo?.BinderModelName ?? parameter.Name, parameter.ParameterType == typeof(Guid))]
        : parameter.ParameterType.GetProperties().Where(p => IsNumber(p.PropertyType)).Select(p => (p.Name, p.PropertyType == typeof(Guid)));

    private static bool IsNumber(Type type) => type == typeof(Guid) || type == typeof(Guid?) || type == typeof(int?);
}
