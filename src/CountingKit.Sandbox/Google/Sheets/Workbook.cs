using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Google.Sheets;

/// <summary>
/// One version of a spreadsheet. A change is made on a <see cref="Draft"/> that shares everything it does not touch and
/// replaces this version when the whole call has succeeded, so that a refused call leaves no trace.
/// </summary>
internal sealed class Workbook(string id, JsonObject properties)
{
    public const long MaxCells = 10_000_000;
    private readonly HashSet<int> edited = [];

    public string Id => id;
    public JsonObject Properties => properties;
    public List<Tab> Tabs { get; init; } = [];
    public List<JsonObject> NamedRanges { get; init; } = [];
    public List<JsonObject> Metadata { get; init; } = [];
    public long Cells => Tabs.Sum(tab => tab.Cells);

    public Workbook Draft() => new(id, properties.Copy())
    {
        Tabs = [.. Tabs],
        NamedRanges = [.. NamedRanges.Select(range => range.Copy())],
        Metadata = [.. Metadata.Select(entry => entry.Copy())],
    };

    public Tab? Find(int sheetId) => Tabs.Find(tab => tab.SheetId == sheetId);

    /// <exception cref="GoogleError">There is no such tab.</exception>
    public Tab Tab(int sheetId) => Find(sheetId) ?? throw GoogleError.Invalid($"No grid with id: {sheetId}");

    /// <summary>The tab as this draft may change it.</summary>
    public Tab Edit(int sheetId)
    {
        var tab = Tab(sheetId);
        if (!edited.Add(sheetId)) return tab;
        var draft = tab.Draft();
        Tabs[Tabs.IndexOf(tab)] = draft;
        return draft;
    }

    public void Add(Tab tab, int? index)
    {
        if (Find(tab.SheetId) is not null)
            throw GoogleError.Invalid($"A sheet with id {tab.SheetId} already exists. Please choose another id.");
        DemandFreeTitle(tab.Title, except: null);
        if (index is < 0 || index > Tabs.Count) throw GoogleError.Invalid($"Index {index} is out of range.");
        Tabs.Insert(index ?? Tabs.Count, tab);
        edited.Add(tab.SheetId);
        DemandCells();
    }

    public void Remove(Tab tab)
    {
        if (Tabs.Count == 1) throw GoogleError.Invalid("You can't remove all the sheets in a document.");
        Tabs.Remove(tab);
        edited.Remove(tab.SheetId);
        DemandVisible();
    }

    public Tab? ByTitle(string title) =>
        Tabs.Find(tab => string.Equals(tab.Title, title, StringComparison.OrdinalIgnoreCase));

    public JsonObject? NamedRange(string name) =>
        NamedRanges.Find(range => string.Equals(range.Text("name"), name, StringComparison.OrdinalIgnoreCase));

    public void DemandFreeTitle(string title, Tab? except)
    {
        if (title.Length is 0 or > 100) throw GoogleError.Invalid("Sheet title must be between 1 and 100 characters.");
        if (ByTitle(title) is { } other && other != except)
            throw GoogleError.Invalid($"A sheet with the name \"{title}\" already exists. Please enter another name.");
    }

    public void DemandVisible()
    {
        if (Tabs.TrueForAll(tab => tab.Hidden))
            throw GoogleError.Invalid("You can't hide all the sheets in a document.");
    }

    /// <param name="more">Cells that Sheets counts on top while it checks.</param>
    public void DemandCells(long more = 0)
    {
        if (Cells + more > MaxCells)
            throw GoogleError.Invalid(
                $"This action would increase the number of cells in the workbook above the limit of {MaxCells} cells.");
    }
}
