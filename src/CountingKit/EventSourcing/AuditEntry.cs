namespace CountingKit.EventSourcing;

/// <summary>How one event reads in the trail.</summary>
/// <param name="Action">
/// Past tense, without the actor and the target's name: "Connected the organization". No other event has the same words.
/// </param>
/// <param name="TargetKind">
/// organization, Google account, spreadsheet, exporter, run, member, workspace, API key, installation.
/// </param>
/// <param name="TargetName">Null = the name that the target last had.</param>
/// <param name="Aspect">What of the target it sets, shown beside its earlier value; null = nothing.</param>
/// <param name="Detail">What only some events of its kind are; null = nothing in particular.</param>
/// <param name="Prepares">It is only needed for what follows, which is the act that a person knows of.</param>
public sealed record AuditEntry(
    string Action, string TargetKind, Guid TargetId, string? TargetName = null, string? Aspect = null, string? Detail = null,
    bool Prepares = false)
{
    private const string Opening = " (";

    /// <summary>The whole line, as rows keep it: the detail in brackets behind the action.</summary>
    public string Words => Detail is null ? Action : $"{Action}{Opening}{Detail})";

    /// <summary>The action of a whole line: no action has brackets of its own.</summary>
    internal static string ActionIn(string words) => words.Split(Opening)[0];
}
