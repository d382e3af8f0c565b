using System.ComponentModel.DataAnnotations;
using CountingKit.Messaging;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features;

internal static class UnderstoodAddress
{
    /// <summary>A filter that was not understood must not show more than was asked for.</summary>
    /// <exception cref="InvalidMessageException">Part of the address was not understood.</exception>
    public static void RequireUnderstoodAddress(this ControllerBase controller)
    {
        if (controller.ModelState.IsValid) return;
        throw new InvalidMessageException(
            [.. controller.ModelState.Values.SelectMany(v => v.Errors).Select(e => new ValidationResult(e.ErrorMessage))]);
    }
}
