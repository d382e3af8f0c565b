using System.Text.Encodings.Web;

namespace CountingKit.Sandbox.Google;

/// <summary>The frame and style of the stand-in's pages. Works without JavaScript; loads nothing from anywhere.</summary>
internal static class Page
{
    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static string Of(string title, string body, string kind) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{Encode(title)}}</title>
        <style>
        :root { color-scheme: light dark; --ink: #1f2328; --soft: #5b6570; --line: #d6dbe0; --paper: #fff; --ground: #f4f6f8; --brand: #0b7a4b; --mark: #fff4d6; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #9aa4ae; --line: #39424b; --paper: #1b2026; --ground: #12161a; --brand: #4cc38a; --mark: #3a3217; } }
        * { box-sizing: border-box; }
        body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
        .stand-in { background: var(--mark); border-bottom: 1px solid var(--line); padding: .35rem 1rem; font-size: 13px; text-align: center; }
        a { color: var(--brand); }
        .card { max-width: 30rem; margin: 2rem auto; padding: 1.75rem; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
        h1 { font-size: 1.35rem; margin: 0 0 .75rem; }
        label { display: block; }
        select { width: 100%; padding: .55rem; margin: .3rem 0 1rem; font: inherit; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); color: inherit; }
        fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 0 0 1rem; padding: .5rem 1rem; }
        fieldset label { padding: .35rem 0; display: flex; gap: .6rem; align-items: baseline; }
        .actions { display: flex; gap: .75rem; justify-content: flex-end; }
        button { font: inherit; padding: .5rem 1.25rem; border-radius: 6px; border: 1px solid var(--line); background: var(--paper); color: inherit; cursor: pointer; }
        button.go { background: var(--brand); border-color: var(--brand); color: var(--paper); font-weight: 600; }
        .soft { color: var(--soft); }
        header.sheet { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding: .75rem 1rem; background: var(--paper); }
        header.sheet h1 { margin: 0; }
        .grid { overflow: auto; background: var(--paper); border: 1px solid var(--line); border-width: 1px 0; max-height: calc(100vh - 11rem); }
        table { border-collapse: separate; border-spacing: 0; font-size: 13px; }
        th, td { border: 1px solid var(--line); border-width: 0 1px 1px 0; padding: .2rem .5rem; max-width: 24rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        thead th { position: sticky; top: 0; z-index: 2; }
        th { background: var(--ground); color: var(--soft); font-weight: 500; text-align: center; }
        tbody th { position: sticky; left: 0; z-index: 1; }
        td.n { text-align: right; font-variant-numeric: tabular-nums; }
        td.b { text-align: center; }
        td.f { box-shadow: inset 3px 0 0 var(--brand); }
        td.bold { font-weight: 600; }
        td.note { background-image: linear-gradient(225deg, #d98a00 6px, transparent 6px); }
        nav.tabs { display: flex; flex-wrap: wrap; gap: .25rem; padding: .5rem 1rem; }
        nav.tabs a { padding: .3rem .9rem; border: 1px solid var(--line); border-radius: 6px; text-decoration: none; color: inherit; background: var(--paper); }
        nav.tabs a[aria-current] { border-color: var(--brand); color: var(--brand); font-weight: 600; }
        nav.pages { display: flex; flex-wrap: wrap; gap: 1rem; padding: .5rem 1rem; }
        ul.files { padding-left: 1.1rem; }
        </style>
        </head>
        <body class="{{kind}}">
        <div class="stand-in" role="note">Sandbox: stand-in for Google. Nothing here reaches Google.</div>
        {{body}}
        </body>
        </html>
        """;
}
