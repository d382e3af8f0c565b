using CountingKit.Sandbox.Xero.Books;

namespace CountingKit.Sandbox.Xero.Ledger;

/// <summary>
/// An entry that is being written. What is missing to 0 goes to the rounding account, and to the suspense account where
/// rounding does not explain it.
/// </summary>
internal sealed class Draft(Chart chart)
{
    private readonly List<EntryLine> _lines = [];

    public void Add(EntryLine line)
    {
        if (line.Net != 0 || line.IsTotal) _lines.Add(line);
    }

    /// <returns>Null: nothing moves.</returns>
    public Entry? Finish(
        string source, string sourceType, DateOnly date, string reference, DateTimeOffset created, Basis basis = Basis.Both)
    {
        var missing = -_lines.Sum(line => line.Net);
        var explained = 0.01m * (_lines.Count + 1);
        if (missing != 0)
            Add(new EntryLine(Math.Abs(missing) <= explained ? chart.System("ROUNDING") : chart.Suspense, missing));
        return _lines.Any(line => line.Net != 0)
            ? new Entry(source, sourceType, date, reference, created, basis, _lines)
            : null;
    }

    public static decimal Base(decimal amount, decimal rate) => LineMaker.Round(amount / rate);
}
