using AngleSharp.Html.Dom;

namespace CountingKit.Web.Tests.Portal;

/// <summary>Where pages came from, for forms of other sites.</summary>
internal static class PageAddresses
{
    public static Uri Address(this Page page) => page.Answer.RequestMessage!.RequestUri!;

    public static string Path(this Page page) => page.Address().AbsolutePath;

    /// <summary>The page's form, with its address made whole: the page may be another site's.</summary>
    public static IHtmlFormElement OwnForm(this Page page)
    {
        var form = page.Form();
        form.SetAttribute("action", new Uri(page.Address(), form.GetAttribute("action")).AbsoluteUri);
        return form;
    }
}
