using CountingKit.EventSourcing;

namespace CountingKit.Web.Features.Audit;

/// <summary>How lines of the trail look.</summary>
internal static class AuditLooks
{
    /// <summary>A symbol for who did it.</summary>
    public static string IconOf(string actor) => actor switch
    {
        Actor.Schedule => "calendar",
        _ when Actor.IsApiKey(actor) => "key",
        _ when Actor.MemberOf(actor) is not null => "user",
        _ => "settings",
    };

    /// <summary>The page of a target; null = it has none.</summary>
    public static string? PageOf(string targetKind, Guid targetId) => targetKind switch
    {
        "organization" => $"/connections/{targetId}",
        "exporter" => $"/exporters/{targetId}",
        "run" => $"/runs/{targetId}",
        "spreadsheet" or "Google account" => "/spreadsheets",
        _ => null,
    };

    public static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    public static string Words(this FieldChange change) => change switch
    {
        FieldChange.Changed => "changed",
        FieldChange.Added => "added",
        FieldChange.Removed => "removed",
        FieldChange.Same => "",
    };
}
