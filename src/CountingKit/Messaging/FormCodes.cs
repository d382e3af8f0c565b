using CountingKit.EventSourcing;

namespace CountingKit.Messaging;

/// <summary>What can be wrong with a form as such, by stable code.</summary>
public static class FormCodes
{
    public static readonly ErrorCode NoNumber = new(
        "CK-FORM-01", "The form is incomplete",
        "Reload the page and try again.");

    public static readonly ErrorCode NumberUsed = new(
        "CK-FORM-02", "This was sent before with other entries",
        "Nothing was done this time. Reload the page, enter it again and send it; a program takes another Idempotency-Key.");

    public static readonly ErrorCode TooMuch = new(
        "CK-FORM-03", "These entries are too large to be saved",
        "Nothing was changed. Shorten the texts or choose fewer columns, then send it again.");

    public static readonly ErrorCode OddText = new(
        "CK-FORM-04", "An entry has characters that are not text",
        "Nothing was changed. Type it instead of pasting it, then send it again.");

    public static readonly ErrorCode OddNumber = new(
        "CK-FORM-05", "The form is incomplete",
        "Nothing was changed. Reload the page and try again.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
        [NoNumber, NumberUsed, TooMuch, OddText, OddNumber];

    internal static RefusedException Refuse(this ErrorCode code) => new(code);
}
