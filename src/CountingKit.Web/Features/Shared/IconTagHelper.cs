using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CountingKit.Web.Features.Shared;

/// <summary><c>&lt;icon name="plug" /&gt;</c>: a symbol of <c>wwwroot/icons.svg</c>, hidden from screen readers.</summary>
[HtmlTargetElement("icon", Attributes = "name", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        var more = output.Attributes["class"]?.Value;
        output.Attributes.SetAttribute("class", more is null ? "icon" : $"icon {more}");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        output.Content.SetHtmlContent($"<use href=\"/icons.svg#{Name}\"></use>");
    }
}
