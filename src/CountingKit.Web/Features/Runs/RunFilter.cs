using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CountingKit.Runs;
using CountingKit.Web.Features.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace CountingKit.Web.Features.Runs;

/// <summary>The filter of the list, as it stands in its address: of the page, and of those that follow.</summary>
/// <param name="From">The first day on which a run was started.</param>
/// <param name="To">The last day, inclusive.</param>
/// <param name="Zone">Whose days these are: IANA's name, which <c>site.js</c> puts in; null = UTC.</param>
public sealed record RunFilter(
    Guid? Exporter = null, RunStatus? Status = null, Guid? Organization = null, Guid? Spreadsheet = null, DateOnly? From = null,
    DateOnly? To = null, [MaxLength(100, ErrorMessage = "This is no time zone.")] string? Zone = null)
{
    public bool IsSet => this with { Zone = null } != new RunFilter();

    public ZoneDays Days => ZoneDays.Of(Zone);

    /// <summary>For the next filter; null = the reader's own zone, which only their browser knows.</summary>
    public string? NextZone => Zone is null && From is null && To is null ? null : Days.Id;

    public ListRuns ToQuery(Guid? before, int take) => new(
        Exporter, Status, before, take, Organization, Spreadsheet, Days.Start(From), Days.End(To));

    /// <summary>The list with this filter; what is not set is left out.</summary>
    /// <param name="before">For the next page: the last run of this one.</param>
    public string Address(Guid? before = null) => QueryHelpers.AddQueryString("/runs", Parts(before)
        .Where(part => !string.IsNullOrEmpty(part.Value)));

    private IEnumerable<KeyValuePair<string, string?>> Parts(Guid? before) =>
    [
        new("exporter", Exporter?.ToString()), new("status", Status?.ToString()), new("organization", Organization?.ToString()),
        new("spreadsheet", Spreadsheet?.ToString()), new("from", Day(From)), new("to", Day(To)),
        new("zone", From is null && To is null ? null : Zone), new("before", before?.ToString()),
    ];

    /// <summary>As a date field wants it.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
