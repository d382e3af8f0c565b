namespace CountingKit.Connections;

/// <summary>What the rules of connections can say no to, by stable code.</summary>
public static class ConnectionCodes
{
    public static readonly ErrorCode NotConnected = new(
        "CK-CONN-01", "This organization is no longer connected",
        "Connect it again under Connections. Its history is still there.");

    public static readonly ErrorCode ConnectedHere = new(
        "CK-CONN-02", "The organization is already connected in this workspace",
        "Open its connection. To sign in again, choose Reconnect there.");

    public static readonly ErrorCode ConnectedElsewhere = new(
        "CK-CONN-03", "The organization is connected in another workspace of this installation",
        "An organization belongs to one workspace. Ask whoever looks after this installation, "
        + "or disconnect it there first.");

    public static readonly ErrorCode OtherOrganization = new(
        "CK-CONN-04", "You signed in to a different organization from the one to reconnect",
        "Start Reconnect again and choose the same organization on Xero's page. "
        + "To connect another one, choose Connect.");

    public static readonly ErrorCode NameDiffers = new(
        "CK-CONN-05", "The name that was typed is not the organization's name",
        "Type the name as the page shows it. Nothing was disconnected.");

    public static readonly ErrorCode Disconnecting = new(
        "CK-CONN-06", "This organization is being disconnected",
        "Wait until it is done; then it can be connected again.");

    public static readonly ErrorCode LabelsChanged = new(
        "CK-CONN-07", "Alias, client code, or tags were changed meanwhile",
        "Your entries were not saved and are still in the form. Open the connection in another browser tab to compare, "
        + "then save again to keep yours.");

    public static readonly ErrorCode NoFinancialYear = new(
        "CK-CONN-08", "Xero has not told when the organization's financial year ends",
        "Test the connection, which asks Xero for it; or choose months that do not depend on the financial year.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
        [NotConnected, ConnectedHere, ConnectedElsewhere, OtherOrganization, NameDiffers, Disconnecting, LabelsChanged,
            NoFinancialYear];
}
