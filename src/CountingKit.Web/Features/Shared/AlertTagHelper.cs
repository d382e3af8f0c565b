using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CountingKit.Web.Features.Shared;

/// <summary>
/// <c>&lt;alert tone="Attention"&gt;…&lt;/alert&gt;</c>: what happened or is to be known, in a box of its own with its icon. One that
/// stops something is read out at once.
/// </summary>
[HtmlTargetElement("alert", Attributes = "tone")]
public sealed class AlertTagHelper : TagHelper
{
    public Tone Tone { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (color, icon) = Tone switch
        {
            Tone.Good => ("success", "check"),
            Tone.Attention => ("warning", "alert"),
            Tone.Stopped => ("danger", "alert"),
            _ => ("info", "info"),
        };
        (output.TagName, output.TagMode) = ("div", TagMode.StartTagAndEndTag);
        output.AddClass("alert", HtmlEncoder.Default);
        output.AddClass($"alert-{color}", HtmlEncoder.Default);
        if (Tone == Tone.Stopped && !output.Attributes.ContainsName("role")) output.Attributes.SetAttribute("role", "alert");
        output.PreContent.SetHtmlContent(
            $"<div class=\"alert-icon\"><svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"/icons.svg#{icon}\"></use></svg></div><div>");
        output.PostContent.SetHtmlContent("</div>");
    }
}
