using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CountingKit.Web.Features.Shared;

/// <summary>A field that was refused says so, and leads to its message: whoever draws it need not.</summary>
[HtmlTargetElement("input"), HtmlTargetElement("select"), HtmlTargetElement("textarea")]
public sealed class FieldTagHelper : TagHelper
{
    private const string DescribedBy = "aria-describedby";

    /// <summary>After those that give a field its name.</summary>
    public override int Order => 1000;

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Text(output, "type") == "hidden" || Text(output, "name") is not { Length: > 0 } name) return;
        if (!FieldProblems.IsWrong(ViewContext.ModelState, name)) return;
        output.AddClass("is-invalid", HtmlEncoder.Default);
        output.Attributes.SetAttribute("aria-invalid", "true");
        output.Attributes.SetAttribute(DescribedBy, $"{FieldProblems.IdOf(name)} {Text(output, DescribedBy)}".TrimEnd());
    }

    private static string? Text(TagHelperOutput output, string attribute)
    {
        if (output.Attributes[attribute]?.Value is not IHtmlContent written) return output.Attributes[attribute]?.Value?.ToString();
        using var text = new StringWriter();
        written.WriteTo(text, NullHtmlEncoder.Default);
        return text.ToString();
    }
}

/// <summary><c>&lt;problem for="TabTitle" /&gt;</c>: why the field of that name was refused; nothing where it was not.</summary>
[HtmlTargetElement("problem", Attributes = "for", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ProblemTagHelper : TagHelper
{
    public string For { get; set; } = "";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var problems = FieldProblems.Of(ViewContext.ModelState).Where(p => p.Id == FieldProblems.IdOf(For)).Select(p => p.Message).ToList();
        if (problems.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        (output.TagName, output.TagMode) = ("div", TagMode.StartTagAndEndTag);
        output.Attributes.SetAttribute("class", "invalid-feedback d-block");
        output.Attributes.SetAttribute("id", FieldProblems.IdOf(For));
        output.Content.SetContent(string.Join(" ", problems));
    }
}

/// <summary>What is wrong with a form that comes back, by the place where it is told.</summary>
internal static class FieldProblems
{
    /// <summary>The id of the message for a field; those of a list have one together.</summary>
    public static string IdOf(string field) => $"problem-{Root(field).ToLowerInvariant()}";

    /// <summary>Those of a field, each once, in the order of the form's model.</summary>
    public static IReadOnlyList<(string Id, string Message)> Of(ModelStateDictionary state) =>
    [
        .. state.Where(entry => entry.Key.Length > 0).SelectMany(entry => entry.Value!.Errors
            .Select(error => (IdOf(entry.Key), error.ErrorMessage))).Distinct(),
    ];

    /// <summary>Exactly this one: a list's message does not make all of its fields wrong.</summary>
    public static bool IsWrong(ModelStateDictionary state, string field) =>
        state.TryGetValue(field, out var entry) && entry.Errors.Count > 0;

    private static string Root(string field) => field.Split('[', '.')[0];
}
