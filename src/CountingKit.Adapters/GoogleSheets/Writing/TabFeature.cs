using CountingKit.Spreadsheets;
using Google.Apis.Sheets.v4.Data;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>One kind of thing that people make on a tab, and what a write of ours does about it.</summary>
/// <param name="Name">As people call it.</param>
internal abstract record TabFeature(string Name)
{
    /// <summary>It is kept right by requests in the batch of the write.</summary>
    internal sealed record Follow(string Name, Func<TabWrite, FoundTab, IEnumerable<Request>> Requests) : TabFeature(Name);

    /// <summary>The write is right, but something beside it needs a person's look.</summary>
    internal sealed record Warn(string Name, Func<TabWrite, FoundTab, TabSight, IEnumerable<WriteWarning>> Warnings)
        : TabFeature(Name);

    /// <summary>Nothing is written: it is named, with what to do.</summary>
    internal sealed record Refuse(string Name, Action<TabWrite, FoundTab, TabSight> Check) : TabFeature(Name);

    /// <summary>Nothing has to be done.</summary>
    internal sealed record Stay(string Name, string Why) : TabFeature(Name);
}

/// <summary>What the cells of a tab showed before the write.</summary>
/// <param name="Headings">Of the row where our headings are.</param>
/// <param name="Formulas">Cells inside our data that hold a formula.</param>
/// <param name="Pivots">Cells inside our data where a pivot table begins.</param>
/// <param name="Below">
/// The row that will be right below our last one, in the tab's own columns; null = it was not looked at.
/// </param>
internal sealed record TabSight(
    IList<object> Headings, IReadOnlyList<(int Row, int Column)> Formulas, IReadOnlyList<(int Row, int Column)> Pivots,
    IList<object>? Below)
{
    public static readonly TabSight None = new([], [], [], null);

    /// <summary>Cells with values of people that will stand beside other records.</summary>
    public IReadOnlyList<string> Moved { get; init; } = [];

    /// <summary>What stands beside our rows; null = nothing that the look after the write need know.</summary>
    public SeenBeside? Beside { get; init; }

    /// <summary>Pivot tables outside of our data, on any tab; none where the data does not get longer.</summary>
    public IReadOnlyList<FoundPivot> PivotsElsewhere { get; init; } = [];

    /// <summary>So many rows right below ours are our records once more.</summary>
    public int Echoes { get; init; }

    /// <summary>Nothing was seen inside our rectangle that is not as a write leaves it.</summary>
    public bool IsOurs(FoundTab tab) =>
        Formulas.Count == 0 && Pivots.Count == 0 && Echoes == 0 && Surroundings.Renamed(tab, Headings) is null;
}
