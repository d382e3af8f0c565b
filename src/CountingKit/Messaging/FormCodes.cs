namespace CountingKit.Messaging;

/// <summary>What can be wrong with a form as such, by stable code.</summary>
public static class FormCodes
{
    public static readonly ErrorCode NoNumber = new(
        "CK-FORM-01", "The form has no number",
        "Reload the page and send it again.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
        [NoNumber];
}
