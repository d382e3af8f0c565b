using AngleSharp.Html.Dom;

namespace CountingKit.Web.Tests.Portal;

/// <summary>
/// What a person's browser does, without scripts: keeps cookies, fills in forms with all their hidden fields, and shows
/// redirects instead of following them. Also asks as htmx does.
/// </summary>
public sealed class Browser(HttpClient http)
{
    public HttpClient Http => http;

    public Task<Page> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>As htmx asks for a fragment.</summary>
    public Task<Page> GetFragment(string path) => Send(AsHtmx(new HttpRequestMessage(HttpMethod.Get, path)));

    /// <summary>Sends a form of a page as a browser does.</summary>
    /// <param name="fields">What the person enters; everything else goes as it stands in the form.</param>
    public Task<Page> Submit(IHtmlFormElement form, params (string Name, string? Value)[] fields) =>
        Send(Post(form.GetAttribute("action")!, form, fields));

    /// <summary>Sends a form of a page as htmx does.</summary>
    public Task<Page> SubmitAsHtmx(IHtmlFormElement form, params (string Name, string? Value)[] fields) =>
        Send(AsHtmx(Post(form.GetAttribute("hx-post") ?? form.GetAttribute("action")!, form, fields)));

    /// <summary>Posts fields that no page made: without a token, unless one is among them.</summary>
    public Task<Page> Post(string path, params (string Name, string? Value)[] fields) =>
        Send(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value ?? ""))),
        });

    public async Task<Page> Send(HttpRequestMessage request)
    {
        using (request) return await Page.Of(await http.SendAsync(request));
    }

    public static HttpRequestMessage AsHtmx(HttpRequestMessage request)
    {
        request.Headers.Add("HX-Request", "true");
        return request;
    }

    private static HttpRequestMessage Post(
        string path, IHtmlFormElement form, (string Name, string? Value)[] entered)
    {
        var fields = Standing(form).Where(f => entered.All(e => e.Name != f.Name)).Concat(entered);
        return new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value ?? ""))),
        };
    }

    private static IEnumerable<(string Name, string? Value)> Standing(IHtmlFormElement form)
    {
        foreach (var element in form.Elements.Where(e => e.GetAttribute("name") is { Length: > 0 }))
        {
            var name = element.GetAttribute("name")!;
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }:
                    break;
                case IHtmlInputElement input:
                    yield return (name, input.Value);
                    break;
                case IHtmlSelectElement select:
                    foreach (var option in select.SelectedOptions) yield return (name, option.Value);
                    break;
                case IHtmlTextAreaElement area:
                    yield return (name, area.Value);
                    break;
            }
        }
    }
}
