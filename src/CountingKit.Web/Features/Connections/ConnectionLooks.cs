using System.Globalization;
using CountingKit.Connections;
using CountingKit.Web.Features.Shared;

namespace CountingKit.Web.Features.Connections;

/// <summary>How connections look: badges, and what Xero says of an organization, as people read it.</summary>
internal static class ConnectionLooks
{
    public static Badge ToBadge(this ConnectionBadge badge) => badge.Health switch
    {
        ConnectionHealth.Connected => new(Tone.Good, "circle-check", badge.Text, badge.Sentence),
        ConnectionHealth.Attention => new(Tone.Attention, "alert", badge.Text, badge.Sentence),
        ConnectionHealth.RenewalFailing => new(Tone.Attention, "hourglass", badge.Text, badge.Sentence),
        ConnectionHealth.Expired => new(Tone.Stopped, "circle-x", badge.Text, badge.Sentence),
        ConnectionHealth.NoAccess => new(Tone.Stopped, "ban", badge.Text, badge.Sentence),
        ConnectionHealth.Disconnected => new(Tone.Neutral, "unplug", badge.Text, badge.Sentence),
    };

    public static Badge ToBadge(this PermissionState state) => state switch
    {
        PermissionState.Granted => new(Tone.Good, "circle-check", "Granted", "Everything behind it was granted."),
        PermissionState.Partly => new(Tone.Attention, "alert", "Partly", "Some of it was not granted."),
        PermissionState.Missing => new(Tone.Attention, "alert", "Missing", "It was not granted."),
        PermissionState.NotAsked => new(Tone.Neutral, "circle", "Not asked", "This installation does not ask for it."),
    };

    public static Badge Paused { get; } = new(
        Tone.Attention, "player-pause", "Paused", "Nothing is read until somebody resumes it. Runs that had begun were canceled.");

    public static string Words(this ConnectionHealth health) => health switch
    {
        ConnectionHealth.RenewalFailing => "Renewal failing",
        ConnectionHealth.NoAccess => "No access",
        _ => health.ToString(),
    };

    /// <summary>Such as "March 31"; null = Xero did not say, or said nonsense.</summary>
    public static string? FinancialYearEnd(this ConnectionOrganizationRow row) =>
        row is { FinancialYearEndDay: >= 1 and <= 31 and var day, FinancialYearEndMonth: >= 1 and <= 12 and var month }
            ? $"{CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month)} {day}"
            : null;

    /// <summary>Such as "United Kingdom"; the code where it is unknown here.</summary>
    public static string? Country(this ConnectionOrganizationRow row)
    {
        if (row.CountryCode is not { Length: 2 } code || !code.All(char.IsAsciiLetterUpper)) return row.CountryCode;
        try
        {
            return new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }

    /// <summary>Such as "New Zealand Standard Time"; Xero's own word for it where it is unknown here.</summary>
    public static string? TimeZoneName(this ConnectionOrganizationRow row) => row.TimeZone is { } xeros
        ? OrganizationCalendar.ZoneName(xeros)
        : null;

    /// <summary>Such as "12 of 1,000 (988 left, according to Xero)".</summary>
    public static string Words(this XeroUsage usage) => string.Create(
        CultureInfo.InvariantCulture, $"{usage.CallsToday:N0} of {usage.DayLimit:N0}")
        + (usage.Remaining is { } left ? string.Create(CultureInfo.InvariantCulture, $" ({left:N0} left, according to Xero)") : "");
}
