using System.Globalization;
using System.Text;
using CountingKit.Sandbox.Google.Formulas;
using CountingKit.Sandbox.Google.Sheets;
using CountingKit.Sandbox.Google.State;

namespace CountingKit.Sandbox.Google;

/// <summary>What "Open sheet" shows: the tabs and a page of the grid, formulas and notes on hover.</summary>
internal static class SpreadsheetPage
{
    private const int RowsPerPage = 200;
    private const int MaxColumns = 100;

    /// <param name="gid">The tab to show; the first visible one when null or gone.</param>
    /// <param name="page">From 1.</param>
    public static string Of(DriveFile file, Workbook workbook, int? gid, int page)
    {
        var visible = workbook.Tabs.FindAll(tab => !tab.Hidden);
        var tab = visible.Find(candidate => candidate.SheetId == gid) ?? visible[0];
        var pages = Math.Max(1, (tab.UsedRows + RowsPerPage - 1) / RowsPerPage);
        var shown = Math.Clamp(page, 1, pages);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <main>
            <header class="sheet"><h1>{Page.Encode(file.Name)}</h1>
            <span class="soft">{Page.Encode(file.Owner)} · {tab.Rows:N0} rows × {tab.Columns:N0} columns{(file.Trashed ? " · in the bin" : "")} · changed {file.ModifiedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</span></header>

            """);
        Tabs(html, workbook, visible, tab);
        Grid(html, workbook, tab, (shown - 1) * RowsPerPage);
        Pages(html, workbook, tab, shown, pages);
        return Page.Of(file.Name + ": stand-in for Google Sheets", html.Append("</main>").ToString(), "spreadsheet");
    }

    public static string Missing() => Page.Of("No such spreadsheet", """
        <main class="card"><h1>No such spreadsheet</h1><p>Sorry, the file you have requested does not exist.</p></main>
        """, "missing");

    public static string Home(IEnumerable<DriveFile> files)
    {
        var html = new StringBuilder("""<main class="card"><h1>Spreadsheets in this sandbox</h1><ul class="files">""");
        foreach (var file in files)
            html.Append(CultureInfo.InvariantCulture,
                $"""<li><a href="/spreadsheets/d/{file.Id}/edit">{Page.Encode(file.Name)}</a> <span class="soft">{Page.Encode(file.Owner)}</span></li>""");
        return Page.Of("Stand-in for Google", html.Append("</ul></main>").ToString(), "home");
    }

    private static void Tabs(StringBuilder html, Workbook workbook, List<Tab> visible, Tab current)
    {
        html.Append("""<nav class="tabs" aria-label="Tabs">""");
        foreach (var tab in visible)
            html.Append(CultureInfo.InvariantCulture,
                $"""<a href="{Link(workbook, tab, 1)}"{(tab == current ? " aria-current=\"page\"" : "")}>{Page.Encode(tab.Title)}</a>""");
        html.Append("</nav>\n");
    }

    private static void Grid(StringBuilder html, Workbook workbook, Tab tab, int from)
    {
        var columns = Enumerable.Range(0, tab.Columns)
            .Where(column => tab.Dimensions.GetValueOrDefault((false, column))?.Flag("hiddenByUser") != true).Take(MaxColumns).ToList();
        var to = Math.Min(tab.Rows, from + RowsPerPage);
        var evaluator = new Evaluator(workbook);
        html.Append(CultureInfo.InvariantCulture,
            $"""<div class="grid" tabindex="0" role="region" aria-label="{Page.Encode(tab.Title)}"><table><thead><tr><th></th>""");
        foreach (var column in columns) html.Append("<th scope=\"col\">").Append(A1.Column(column)).Append("</th>");
        html.Append("</tr></thead>\n<tbody>");
        for (var row = from; row < to; row++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{row + 1}</th>");
            foreach (var column in columns) Cell(html, evaluator, tab, row, column);
            html.Append("</tr>\n");
        }
        html.Append("</tbody></table></div>\n");
    }

    private static void Cell(StringBuilder html, Evaluator evaluator, Tab tab, int row, int column)
    {
        if (tab[row, column] is not { } cell)
        {
            html.Append("<td></td>");
            return;
        }
        var value = evaluator.Value(tab, row, column);
        List<string> classes = [];
        if (value is double) classes.Add("n");
        if (value is bool) classes.Add("b");
        if (cell.Value is Formula) classes.Add("f");
        if (cell.Format?.Object("textFormat")?.Flag("bold") == true) classes.Add("bold");
        var note = cell.Dress?.Text("note");
        if (note is not null) classes.Add("note");

        var text = Page.Encode(NumberText.Shown(value, cell.Format));
        var hover = string.Join('\n', new[] { (cell.Value as Formula)?.Text, note }.OfType<string>());
        html.Append("<td");
        if (classes.Count > 0) html.Append(CultureInfo.InvariantCulture, $" class=\"{string.Join(' ', classes)}\"");
        if (hover.Length > 0) html.Append(CultureInfo.InvariantCulture, $" title=\"{Page.Encode(hover)}\"");
        html.Append('>').Append(text).Append("</td>");
    }

    private static void Pages(StringBuilder html, Workbook workbook, Tab tab, int shown, int pages)
    {
        html.Append("""<nav class="pages" aria-label="Pages">""");
        if (shown > 1)
            html.Append(
                CultureInfo.InvariantCulture, $"""<a href="{Link(workbook, tab, shown - 1)}">Previous rows</a>""");
        html.Append(CultureInfo.InvariantCulture,
            $"""<span class="soft">Rows {(shown - 1) * RowsPerPage + 1:N0} to {Math.Min(tab.Rows, shown * RowsPerPage):N0}; data ends at row {tab.UsedRows:N0}</span>""");
        if (shown < pages)
            html.Append(CultureInfo.InvariantCulture, $"""<a href="{Link(workbook, tab, shown + 1)}">Next rows</a>""");
        html.Append("</nav>\n");
    }

    private static string Link(Workbook workbook, Tab tab, int page) =>
        string.Create(CultureInfo.InvariantCulture,
            $"/spreadsheets/d/{workbook.Id}/edit?gid={tab.SheetId}{(page > 1 ? $"&amp;page={page}" : "")}#gid={tab.SheetId}");
}
