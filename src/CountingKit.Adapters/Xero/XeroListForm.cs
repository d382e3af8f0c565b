using System.Globalization;
using CountingKit.Datasets;

namespace CountingKit.Adapters.Xero;

/// <summary>How a list is asked for; each form is less to ask of Xero than the one before.</summary>
/// <param name="IsOrdered">By id. Xero may refuse an order where there are more than 100,000 records.</param>
internal readonly record struct XeroListForm(bool IsOrdered, int PageSize)
{
    private const int FewPerPage = 50;

    public static XeroListForm UsualOf(Resource resource) => new(resource.IsOrdered, 1_000);

    /// <returns>Path and query of one page.</returns>
    public string Page(Resource resource, int number, XeroSlice slice)
    {
        var query = new List<string>();
        if (resource.Paging != Paging.Whole) query.Add(string.Create(CultureInfo.InvariantCulture, $"page={number}"));
        if (resource.Paging == Paging.Sized) query.Add(string.Create(CultureInfo.InvariantCulture, $"pageSize={PageSize}"));
        if (IsOrdered) query.Add($"order={resource.Key}%20ASC");
        if (resource.Options.Length > 0) query.Add(resource.Options);
        if (resource.Date is { } date && slice.Where(date) is { } dates) query.Add($"where={Uri.EscapeDataString(dates)}");
        return query.Count == 0 ? resource.Path : $"{resource.Path}?{string.Join('&', query)}";
    }

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
