using System.Text.RegularExpressions;

namespace CountingKit.Web.Features.Shared;

/// <summary>The days of a filter, as moments: those of the time zone that its address names, or of UTC.</summary>
public sealed partial class ZoneDays
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    private readonly TimeZoneInfo zone;

    private ZoneDays(TimeZoneInfo zone) => this.zone = zone;

    /// <summary>IANA's name, as browsers tell it.</summary>
    public string Id => zone.Id;

    /// <summary>"UTC", "New York time".</summary>
    public string Words => zone.Id == TimeZoneInfo.Utc.Id ? zone.Id : $"{zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ')} time";

    /// <param name="name">IANA's; one that is missing or not known here means UTC.</param>
    public static ZoneDays Of(string? name) => new(
        name is not null && Name().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : TimeZoneInfo.Utc);

    /// <summary>UTC: when the day begins there.</summary>
    public DateTime? Start(DateOnly? day)
    {
        if (day is not { } date) return null;
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        // Where the clocks are put on at midnight, the day begins an hour later; where they are put back, it has two midnights.
        while (zone.IsInvalidTime(midnight)) midnight += Step;
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new(Math.Clamp(midnight.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
    }

    /// <summary>UTC: when the next day begins there; null = never.</summary>
    public DateTime? End(DateOnly? day) => day is { } date && date < DateOnly.MaxValue ? Start(date.AddDays(1)) : null;

    /// <summary>No path to any other file than a zone's: zones are looked up in a folder.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
