namespace CountingKit.Web.Features.Shared;

/// <summary>How a status looks: red stops data, amber does not.</summary>
public enum Tone { Good, Busy, Neutral, Attention, Stopped }

/// <summary>A status in one or two words, for <c>_Badge.cshtml</c>.</summary>
/// <param name="Icon">A symbol's name in <c>icons.svg</c>; never color alone.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record Badge(Tone Tone, string Icon, string Text, string Meaning)
{
    public string Color => Tone switch
    {
        Tone.Good => "green",
        Tone.Busy => "blue",
        Tone.Neutral => "secondary",
        Tone.Attention => "yellow",
        Tone.Stopped => "red",
    };
}

/// <summary>What stands where a list would be, for <c>_EmptyState.cshtml</c>.</summary>
/// <param name="Action">The button's words; null = no button.</param>
public sealed record EmptyState(string Icon, string Title, string Text, string? Action = null, string? Href = null);

/// <summary>Where the other pages of a long list are, for <c>_Pages.cshtml</c>.</summary>
/// <param name="Newest">Null = this is the first page.</param>
/// <param name="Older">Null = this is the last.</param>
public sealed record Pages(string? Newest, string? Older);

/// <summary>A question before something that matters, on a page of its own: <c>return View("Confirm", …)</c>.</summary>
/// <param name="Consequences">What goes, what changes, what stays: a line each.</param>
/// <param name="PostTo">Where the form goes.</param>
/// <param name="CommandId">The form's number, so that a double click is one command.</param>
/// <param name="Type">What the person must type (field <c>typed</c>); null = nothing.</param>
public sealed record Confirmation(
    string Title,
    string Question,
    IReadOnlyList<string> Consequences,
    string PostTo,
    string Button,
    string BackTo,
    Guid CommandId,
    bool IsDangerous = false,
    string? Type = null);
