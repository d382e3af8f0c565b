using System.Net;
using System.Text;

namespace CountingKit.Sandbox.Hosting;

/// <summary>The frame of every page of the sandbox: it says plainly that it is one.</summary>
internal static class HtmlPage
{
    private const string Style = """
        body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1d2733;background:#eef2f6}
        header{background:#7a4b00;color:#fff;padding:.5rem 1rem;text-align:center}
        main{max-width:34rem;margin:2rem auto;overflow-wrap:anywhere;padding:1.5rem 2rem;background:#fff;border-radius:.5rem;
        box-shadow:0 1px 4px #0003}
        main.wide{max-width:none;margin:1rem}h1{font-size:1.35rem;margin-top:0}h2{font-size:1.05rem}
        label{display:block;font-weight:600}select,input,button{font:inherit;padding:.4rem .6rem;max-width:100%}
        button{border:1px solid #6b7785;border-radius:.3rem;background:#fff;cursor:pointer}
        button.primary{background:#0b5cab;border-color:#0b5cab;color:#fff}.field{margin:1rem 0}
        .notice{border-left:.3rem solid #b45309;background:#fff7ed;padding:.5rem .8rem}.small{font-size:.85rem}
        .actions{display:flex;gap:.75rem}
        table{border-collapse:collapse}td,th{border:1px solid #c5ced8;padding:.2rem .5rem}
        """;

    /// <param name="vendor">Whom the page stands in for; null: nobody.</param>
    /// <param name="body">HTML, already encoded where it holds foreign text.</param>
    /// <param name="wide">Uses the whole window.</param>
    public static IResult Answer(
        string title, string? vendor, string body, int status = StatusCodes.Status200OK, bool wide = false)
    {
        var banner = vendor is null ? "Sandbox" : $"Sandbox: stand-in for {WebUtility.HtmlEncode(vendor)}";
        return Results.Text($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{WebUtility.HtmlEncode(title)} · {banner}</title>
            <link rel="icon" href="data:,">
            <style>{Style}</style>
            </head>
            <body>
            <header>{banner}</header>
            <main{(wide ? " class=\"wide\"" : "")}>
            <h1>{WebUtility.HtmlEncode(title)}</h1>
            {body}
            </main>
            </body>
            </html>
            """, "text/html; charset=utf-8", Encoding.UTF8, status);
    }
}
