namespace CountingKit.Datasets;

/// <summary>
/// Where a reader's paths begin: at the record or, behind <c>Lines[].</c>, at each element of the list whose elements are
/// the rows. The values that are read have one numbering.
/// </summary>
internal sealed class RecordRoots
{
    private readonly List<int> ofElement = [];
    private readonly string? before;
    private int inputs;

    public RecordRoots(RowList? list)
    {
        if (list is null) return;
        (List, before) = (list, $"{list.Name}[].");
        ListNode = Record.Find(list.Name);
        if (list.Skips is { } skips) SkipsInput = Want(before + skips, ColumnType.YesNo);
    }

    /// <summary>Null = the record is the row.</summary>
    public RowList? List { get; }

    public RecordNode Record { get; } = new("");

    public RecordNode Element { get; } = new("");

    public RecordNode? ListNode { get; }

    /// <summary>How many values are read.</summary>
    public int Inputs => inputs;

    /// <summary>Those that are another element's for each row.</summary>
    public IReadOnlyList<int> OfElement => ofElement;

    /// <summary>What makes an element no row; null = nothing.</summary>
    public int? SkipsInput { get; }

    /// <summary>Where the row's place among its record's rows goes; null = nobody asks.</summary>
    public int? PlaceInput { get; private set; }

    public int Want(string path, ColumnType type) => Of(path, (node, rest) => node.Want(rest, type, ref inputs));

    public int WantCount(string path) => Of(path, (node, rest) => node.WantCount(rest, ref inputs));

    public int WantJoined(string path) => Of(path, (node, rest) => node.WantJoined(rest, ref inputs));

    public int WantPlace()
    {
        PlaceInput ??= inputs++;
        return PlaceInput.Value;
    }

    private int Of(string path, Func<RecordNode, string, int> want)
    {
        if (before is null || !path.StartsWith(before, StringComparison.Ordinal)) return want(Record, path);
        var input = want(Element, path[before.Length..]);
        if (!ofElement.Contains(input)) ofElement.Add(input);
        return input;
    }
}
