using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace CountingKit.Web.Tests.Portal;

/// <summary>An answer: status, headers, and the elements of its page or fragment.</summary>
public sealed record Page(HttpStatusCode Status, HttpResponseMessage Answer, string Text, IDocument Document)
{
    public static async Task<Page> Of(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        var document = await BrowsingContext.New(Configuration.Default).OpenAsync(page => page.Content(text));
        return new(answer.StatusCode, answer, text, document);
    }

    /// <summary>Where it sends the browser: path and query where it is the portal; null = nowhere.</summary>
    public string? Location => Answer.Headers.Location is { } to
        ? to.IsAbsoluteUri && to.Host == "localhost" ? to.PathAndQuery : to.ToString()
        : null;

    /// <summary>Whether it is a fragment rather than a page.</summary>
    public bool IsFragment => !Text.Contains("<html", StringComparison.Ordinal);

    public string? Header(string name) =>
        Answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    /// <summary>The one element with this id.</summary>
    public IElement ById(string id) => Document.GetElementById(id)
        ?? throw new InvalidOperationException($"There is no #{id} in: {Text}");

    /// <summary>The first form that the selector names; in the page's own content unless it is one of the frame's.</summary>
    public IHtmlFormElement Form(string selector = "form", bool inFrame = false) =>
        Document.QuerySelectorAll(selector).OfType<IHtmlFormElement>()
            .FirstOrDefault(form => inFrame || form.Closest(".shell-bar") is null)
        ?? throw new InvalidOperationException($"There is no form {selector} in: {Text}");
}
