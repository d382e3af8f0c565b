namespace CountingKit.Sandbox.Xero.Ledger;

/// <summary>What one document does to the accounts, in the base currency. Its lines add up to 0.</summary>
/// <param name="Source">The document's id.</param>
/// <param name="Created">When the document was last changed.</param>
internal sealed record Entry(
    string Source, string SourceType, DateOnly Date, string Reference, DateTimeOffset Created, Basis Basis,
    IReadOnlyList<EntryLine> Lines);

/// <summary>In which books an entry stands.</summary>
internal enum Basis
{
    Both,
    AccrualOnly,
    CashOnly,
}

/// <param name="Net">Debit positive, credit negative.</param>
internal sealed record EntryLine(LedgerAccount Account, decimal Net)
{
    public decimal Tax { get; init; }

    public string Description { get; init; } = "";

    public string TaxType { get; init; } = "";

    public IReadOnlyList<TrackedBy> Tracking { get; init; } = [];

    /// <summary>It is the document's own total, at receivables, payables or the bank.</summary>
    public bool IsTotal { get; init; }

    /// <summary>The document that is settled by this line.</summary>
    public string? Settles { get; init; }

    /// <summary>How much of that document, from 0 to 1.</summary>
    public decimal Share { get; init; }
}

internal sealed record TrackedBy(string CategoryId, string OptionId, string Category, string Option)
{
    public static IReadOnlyList<TrackedBy> Read(Wire line, string list = "Tracking") => [.. line.List(list).Select(each =>
        new TrackedBy(each.Text("TrackingCategoryID"), each.Text("TrackingOptionID"), each.Text("Name"), each.Text("Option")))];
}
