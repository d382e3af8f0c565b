using System.Globalization;

namespace CountingKit.Adapters.Xero;

/// <summary>How one list of the Accounting API is read (api.xro/2.0).</summary>
/// <param name="Name">Its path and its array's name.</param>
/// <param name="Key">The record's id; ordered by it, a record that changes while we page stays in its place.</param>
/// <param name="Options">What else is asked for, so that nothing is left out or rounded.</param>
/// <param name="Scope">The permission that opens it, as Xero names it.</param>
/// <param name="Date">The calendar date by which it can be read in slices.</param>
internal sealed record XeroResource(string Name, string Key, string Options, string Scope, string Date)
{
    private static readonly XeroResource[] All =
    [
        new("Invoices", "InvoiceID", "unitdp=4&includeArchived=true", "accounting.invoices.read", "Date"),
    ];

    /// <exception cref="ArgumentException">Not one that can be read.</exception>
    public static XeroResource Of(string name) =>
        Array.Find(All, r => r.Name == name)
        ?? throw new ArgumentException($"Xero's {name} can't be read.", nameof(name));

    /// <returns>Path and query of one page.</returns>
    public string Page(int number, XeroListForm form, XeroSlice slice)
    {
        var order = form.IsOrdered ? $"&order={Key}%20ASC" : "";
        var where = slice.Where(Date) is { } dates ? $"&where={Uri.EscapeDataString(dates)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Name}?page={number}&pageSize={form.PageSize}{order}&{Options}{where}");
    }
}

/// <summary>How a list is asked for; each form is less to ask of Xero than the one before.</summary>
/// <param name="IsOrdered">By id. Xero may refuse an order where there are more than 100,000 records.</param>
internal readonly record struct XeroListForm(bool IsOrdered, int PageSize)
{
    private const int FewPerPage = 50;

    public static XeroListForm Usual { get; } = new(true, 1_000);

    public XeroListForm InXerosOrder => this with { IsOrdered = false };

    /// <summary>For records so large that a page of them is too large; null = it is as small as it gets.</summary>
    public XeroListForm? WithSmallPages => PageSize > FewPerPage ? this with { PageSize = FewPerPage } : null;
}

/// <summary>A part of a list that Xero gives where it refuses the whole.</summary>
/// <param name="From">Its first day; null = without a start.</param>
/// <param name="Below">The day after its last; null = without an end.</param>
/// <param name="Since">UTC: only what changed since; null = all.</param>
internal readonly record struct XeroSlice(DateOnly? From, DateOnly? Below, DateTimeOffset? Since)
{
    private static readonly DateOnly Early = new(2000, 1, 1);

    /// <summary>Xero's filter language; null = no filter.</summary>
    public string? Where(string date)
    {
        var parts = new[] { From is { } from ? $"{date}>={Day(from)}" : null, Below is { } below ? $"{date}<{Day(below)}" : null };
        return From is null && Below is null ? null : string.Join(" AND ", parts.OfType<string>());
    }

    /// <returns>The earlier half and the later one; null = it is a day already.</returns>
    public (XeroSlice Earlier, XeroSlice Later)? Halve(DateOnly today)
    {
        var (low, high) = (From ?? Early, Below ?? today.AddDays(1));
        if (high.DayNumber - low.DayNumber < 2) return null;
        var middle = low.AddDays((high.DayNumber - low.DayNumber) / 2);
        return (this with { Below = middle }, this with { From = middle });
    }

    private static string Day(DateOnly day) =>
        day.ToString("'DateTime('yyyy','MM','dd')'", CultureInfo.InvariantCulture);
}
