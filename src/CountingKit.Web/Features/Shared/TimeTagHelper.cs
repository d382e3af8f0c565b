using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CountingKit.Web.Features.Shared;

/// <summary>
/// <c>&lt;time at="@row.At" /&gt;</c>: an instant, in UTC; <c>site.js</c> shows it in the reader's own zone.
/// Null gives a dash.
/// </summary>
[HtmlTargetElement("time", Attributes = "at", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TimeTagHelper : TagHelper
{
    /// <summary>UTC.</summary>
    public DateTime? At { get; set; }

    /// <summary>To the second, where acts that follow each other are told apart.</summary>
    public bool Seconds { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        if (At is not { } at)
        {
            output.TagName = "span";
            output.Content.SetContent("–");
            return;
        }

        output.Attributes.SetAttribute("datetime", at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        if (Seconds) output.Attributes.SetAttribute("data-seconds", "");
        output.Content.SetContent(at.ToString(Seconds ? "MMM d, yyyy, HH:mm:ss 'UTC'" : "MMM d, yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture));
    }
}
