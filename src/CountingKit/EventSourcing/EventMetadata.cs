using System.Text.Json.Serialization;

namespace CountingKit.EventSourcing;

/// <summary>What stands beside each event.</summary>
/// <param name="CorrelationId">The click (or the schedule's occurrence) that everything goes back to.</param>
/// <param name="CausationId">The command, or the event that a reactor or worker acted on.</param>
/// <param name="Actor">See <see cref="EventSourcing.Actor"/>.</param>
/// <param name="CommandId">The command that appended it; found again, it is the answer.</param>
/// <param name="WorkspaceId">Whose event it is; <see cref="Guid.Empty"/> = the installation's.</param>
/// <param name="Connections">The organizations that it tells of: who may not see all of them does not see it.</param>
public sealed record EventMetadata(
    [property: JsonPropertyName("$correlationId")] Guid CorrelationId,
    [property: JsonPropertyName("$causationId")] Guid CausationId,
    string Actor,
    Guid CommandId,
    Guid WorkspaceId,
    IReadOnlyList<Guid> Connections);

/// <summary>Who did it, as it stands in events: never a name, never an address.</summary>
public static class Actor
{
    public const string System = "system";

    public const string Schedule = "schedule";

    public static string Member(Guid memberId) => $"member:{memberId}";

    public static string ApiKey(Guid keyId, Guid memberId) => $"apikey:{keyId}:member:{memberId}";

    public static bool IsApiKey(string actor) => actor.StartsWith("apikey:", StringComparison.Ordinal);

    /// <summary>The member behind an actor; null = nobody in person.</summary>
    public static Guid? MemberOf(string actor) =>
        actor.LastIndexOf("member:", StringComparison.Ordinal) is var at and >= 0
        && Guid.TryParse(actor.AsSpan(at + "member:".Length), out var id) ? id : null;
}
