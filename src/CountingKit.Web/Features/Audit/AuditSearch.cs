using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CountingKit.Audit;
using Microsoft.AspNetCore.WebUtilities;

namespace CountingKit.Web.Features.Audit;

/// <summary>The filter as it stands in the address: of the page, of its next pages, and of the CSV.</summary>
/// <param name="From">Inclusive; a day in UTC.</param>
/// <param name="To">Inclusive; a day in UTC.</param>
/// <param name="Steps">Also what followed from each act.</param>
public sealed record AuditSearch(
    string? Actor = null, string? Type = null, string? Kind = null, Guid? Target = null, Guid? Click = null,
    DateOnly? From = null, DateOnly? To = null,
    [MaxLength(200, ErrorMessage = "Search for at most 200 characters.")] string? Text = null,
    bool Steps = false)
{
    public bool IsSet => this with { Steps = false } != new AuditSearch();

    /// <summary>A line an act, as long as nobody looks for something: what they look for may be a step.</summary>
    public bool IsOfActs => !Steps && !IsSet;

    public AuditFilter ToFilter() => new(
        Actor, Type, Kind, Target, Click,
        From?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
        To is { } to && to < DateOnly.MaxValue ? to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) : null,
        Text, IsOfActs);

    /// <summary>An address with this filter; what is not set is left out.</summary>
    /// <param name="before">For the next page.</param>
    public string Address(string path, long? before = null) => QueryHelpers.AddQueryString(path, Parts(before)
        .Where(part => !string.IsNullOrEmpty(part.Value)));

    private IEnumerable<KeyValuePair<string, string?>> Parts(long? before) =>
    [
        new("actor", Actor), new("type", Type), new("kind", Kind), new("target", Target?.ToString()),
        new("click", Click?.ToString()), new("from", Day(From)), new("to", Day(To)), new("text", Text),
        new("steps", Steps ? "true" : null), new("before", before?.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>As a date field wants it.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
