using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CountingKit.Web.Features.Shared;

/// <summary>
/// Every form that sends something does so by htmx where scripts run, so that what was typed is still there when it does not get
/// through: one that names no fragment brings the page it stands on, and takes from the answer what is in <c>main</c>.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class SentFormTagHelper : TagHelper
{
    /// <summary>Marks a form that is answered with a file.</summary>
    private const string FileForm = "data-file";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // A file is saved by the browser itself.
        if (output.Attributes.ContainsName(FileForm)) return;
        // Pressed twice, it is sent once. What a part of it asks for, such as a preview, holds nothing up.
        output.Attributes.SetAttribute("hx-sync", "this:drop");
        var isOfAFragment = output.Attributes.ContainsName("hx-post");
        output.Attributes.SetAttribute("hx-disinherit", isOfAFragment ? "hx-sync" : "*");
        if (isOfAFragment) return;
        output.Attributes.SetAttribute("hx-boost", "true");
        output.Attributes.SetAttribute("hx-push-url", "false");
        output.Attributes.SetAttribute("hx-target", "#main");
        output.Attributes.SetAttribute("hx-select", "#main");
        output.Attributes.SetAttribute("hx-swap", "outerHTML");
    }
}
