using System.Text.Json.Nodes;
using CountingKit.Sandbox.Google.Sheets;

namespace CountingKit.Sandbox.Google.Formulas;

/// <summary>Keeps formulas, and every range held beside the cells, pointing at what they pointed at when the grid changes.</summary>
internal static class References
{
    public static void Inserted(Workbook workbook, Tab tab, bool byRow, int at, int count)
    {
        RewriteFormulas(workbook, tab.Title, reference => reference.Inserted(byRow, at, count));
        RangeShift.Everywhere(workbook, tab.SheetId, byRow, span => span.Inserted(at, count));
    }

    public static void Deleted(Workbook workbook, Tab tab, bool byRow, int at, int count)
    {
        RewriteFormulas(workbook, tab.Title, reference => reference.Deleted(byRow, at, count));
        RangeShift.Everywhere(workbook, tab.SheetId, byRow, span => span.Deleted(at, count));
    }

    public static void Renamed(Workbook workbook, string before, string after) =>
        RewriteFormulas(workbook, before, reference =>
            reference.Title is null ? reference : reference with { Title = after });

    /// <summary>The tab is no longer among the workbook's tabs.</summary>
    public static void TabRemoved(Workbook workbook, Tab removed)
    {
        RewriteFormulas(workbook, removed.Title, _ => null);
        foreach (var named in workbook.NamedRanges.Where(named =>
            GridRange.Read(named.Object("range") ?? []).SheetId == removed.SheetId))
            named["range"] = new JsonObject();
    }

    private static void RewriteFormulas(Workbook workbook, string title, Func<Reference, Reference?> change)
    {
        foreach (var tab in workbook.Tabs.ToList())
        {
            var own = string.Equals(tab.Title, title, StringComparison.OrdinalIgnoreCase);
            Reference? Change(Reference reference) =>
                reference.Title is null ? own ? change(reference) : reference
                : string.Equals(reference.Title, title, StringComparison.OrdinalIgnoreCase) ? change(reference)
                    : reference;

            foreach (var (row, column, formula) in Formulas(tab))
            {
                var text = FormulaText.Rewrite(formula.Text, Change);
                if (text == formula.Text) continue;
                workbook.Edit(tab.SheetId).Set(row, column, tab[row, column]! with { Value = new Formula(text) });
            }
        }
    }

    private static List<(int Row, int Column, Formula Formula)> Formulas(Tab tab)
    {
        var found = new List<(int, int, Formula)>();
        for (var row = 0; row < tab.UsedRows; row++)
        {
            var cells = tab.StoredRows[row]?.Cells ?? [];
            for (var column = 0; column < cells.Length; column++)
                if (cells[column]?.Value is Formula formula) found.Add((row, column, formula));
        }
        return found;
    }
}
