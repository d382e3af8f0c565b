using CountingKit.Datasets;

namespace CountingKit.Connections;

/// <summary>An organization's days and financial year, as Xero described it last.</summary>
public static class OrganizationCalendar
{
    /// <summary>
    /// Xero's words for time zones are the names that Windows has for them, in capitals and with nothing but letters and
    /// digits: GMTSTANDARDTIME, CENTRALSTANDARDTIMEMEXICO.
    /// </summary>
    private static readonly Dictionary<string, TimeZoneInfo> Zones = TimeZoneInfo.GetSystemTimeZones()
        .DistinctBy(zone => XeroWord(WindowsName(zone)), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(zone => XeroWord(WindowsName(zone)), StringComparer.OrdinalIgnoreCase);

    /// <param name="description">Null = Xero was not asked yet: days are those of UTC.</param>
    public static ReportCalendar Of(OrganizationDescribed? description) => new(
        description?.TimeZone is { } zone ? Zones.GetValueOrDefault(zone, TimeZoneInfo.Utc) : TimeZoneInfo.Utc,
        description is { FinancialYearEndMonth: >= 1 and <= 12 and var month, FinancialYearEndDay: >= 1 and <= 31 and var day }
            ? (month, day) : null);

    /// <summary>Such as "New Zealand Standard Time"; Xero's own word for it where it is unknown here.</summary>
    public static string ZoneName(string xeros) => Zones.TryGetValue(xeros, out var zone) ? WindowsName(zone) : xeros;

    /// <summary>The usual name of its time zone, such as Pacific/Auckland; null = Xero has not told it, or it is unknown here.</summary>
    public static string? IanaName(OrganizationDescribed? description) =>
        description?.TimeZone is { } word && Zones.TryGetValue(word, out var zone)
            ? TimeZoneInfo.TryConvertWindowsIdToIanaId(WindowsName(zone), out var usual) ? usual : zone.Id
            : null;

    private static string WindowsName(TimeZoneInfo zone) =>
        TimeZoneInfo.TryConvertIanaIdToWindowsId(zone.Id, out var name) ? name : zone.Id;

    private static string XeroWord(string timeZone) => string.Concat(timeZone.Where(char.IsAsciiLetterOrDigit));
}
