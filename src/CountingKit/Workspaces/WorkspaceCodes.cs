using CountingKit.EventSourcing;

namespace CountingKit.Workspaces;

/// <summary>What the rules of workspaces can say no to, by stable code.</summary>
public static class WorkspaceCodes
{
    public static readonly ErrorCode Taken = new(
        "CK-WORK-01", "This workspace has been created by somebody else", "Sign in, or ask its owner to add you.");

    public static readonly ErrorCode Missing = new(
        "CK-WORK-02", "There is no such workspace", "Open the dashboard and choose a workspace there.");

    public static readonly ErrorCode LastOwner = new(
        "CK-WORK-03", "A workspace keeps at least one owner", "Make somebody else an owner first.");

    public static readonly ErrorCode WrongCode = new(
        "CK-SETUP-01", "This is not the code on the console",
        "Read it again there. Each start of CountingKit prints a new one, and the earlier one no longer works.");

    public static readonly ErrorCode OwnerExists = new(
        "CK-SETUP-02", "This installation already has its owner", "Sign in, or ask the owner to add you.");

    public static readonly ErrorCode NoOwner = new(
        "CK-SETUP-03", "No owner of this installation has that email address", "Give the address that an owner signs in with.");

    public static readonly ErrorCode WrongRestoreCode = new(
        "CK-SETUP-04", "This code does not restore an owner",
        "A code works once, for an hour, and only the last one that the console printed. Run restore-owner again for a new one.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } = [Taken, Missing, LastOwner, WrongCode, OwnerExists, NoOwner, WrongRestoreCode];

    internal static RefusedException Refuse(this ErrorCode code) => new(code);
}
