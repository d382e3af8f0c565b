namespace CountingKit.Datasets;

/// <summary>A list of the accounting source, from which datasets are made, and how it is read (Xero Accounting API, api.xro/2.0).</summary>
/// <param name="Name">Its path and its array's name; stored in events: <c>Invoices</c>.</param>
/// <param name="Key">The record's id; ordered by it, a record that changes while we page stays in its place.</param>
/// <param name="Options">What else is asked for in the query, so that nothing is left out or rounded.</param>
/// <param name="Scopes">Any one of these permissions, as Xero names them, opens it; where all are missing, the first is named.</param>
/// <param name="Date">The record's calendar date by which a list that is too long is read in slices; null = it has none.</param>
public sealed record Resource(string Name, string Key, string Options, IReadOnlyList<string> Scopes, string? Date = null)
{
    /// <summary>
    /// Everything is read anew at the latest then: the source does not tell of every change, nor of what was deleted.
    /// </summary>
    public TimeSpan FullEvery { get; init; } = TimeSpan.FromDays(7);
}
