namespace CountingKit.Datasets;

/// <summary>A list of the accounting source, from which datasets are made, and how it is read (Xero Accounting API, api.xro/2.0).</summary>
/// <param name="Name">Its array's name; stored in events: <c>Invoices</c>.</param>
/// <param name="Key">The record's id; ordered by it, a record that changes while we page stays in its place.</param>
/// <param name="Options">What else is asked for in the query, so that nothing is left out or rounded; empty = nothing.</param>
/// <param name="Scopes">Any one of these permissions, as Xero names them, opens it; where all are missing, the first is named.</param>
/// <param name="Date">The record's calendar date by which a list that is too long is read in slices; null = it has none.</param>
public sealed record Resource(string Name, string Key, string Options, IReadOnlyList<string> Scopes, string? Date = null)
{
    /// <summary>Where it is asked for, if not under its name.</summary>
    public string Path { get; init; } = Name;

    public Paging Paging { get; init; } = Paging.Sized;

    /// <summary>False = it must not be asked for in an order.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>False = it cannot be asked for what changed: every reading is of everything.</summary>
    public bool TellsChanges { get; init; } = true;

    /// <summary>How it is asked for where its records are the periods of a report; null = it is a list.</summary>
    public ReportRequest? Report { get; init; }

    /// <summary>The record's own members that only tell when it was asked for: else it is the same.</summary>
    public IReadOnlyList<string> Passing { get; init; } = [];

    /// <summary>A member of the record that is a secret, and is not kept; null = it has none.</summary>
    public string? Secret { get; init; }

    /// <summary>
    /// Everything is read anew at the latest then: the source does not tell of every change, nor of what was deleted.
    /// </summary>
    public TimeSpan FullEvery { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>How a list comes.</summary>
public enum Paging
{
    /// <summary>In pages of the size that is asked for, with their number.</summary>
    Sized,
    /// <summary>In pages of 100 whose number is not told: one with fewer is the last.</summary>
    Hundreds,
    /// <summary>In one answer.</summary>
    Whole,
    /// <summary>In one answer for each period that is asked for.</summary>
    Periods,
}
