namespace CountingKit.Messaging;

/// <summary>What a member may do. Which role may do what is one table: <see cref="Roles"/>.</summary>
public enum Permission
{
    /// <summary>Members, roles, access, API keys.</summary>
    ManageMembers,
    /// <summary>Settings of the installation. The owner's alone.</summary>
    ManageSettings,
    /// <summary>Connect and disconnect organizations, Google accounts and spreadsheets.</summary>
    Connect,
    /// <summary>Sign in again for an organization that is connected.</summary>
    Reconnect,
    /// <summary>Create, change, pause and delete exporters.</summary>
    ManageExporters,
    /// <summary>Run, cancel, replay.</summary>
    Run,
    /// <summary>See connections, exporters, runs and data.</summary>
    View,
    /// <summary>The audit trail and the evidence pack.</summary>
    Audit,
    /// <summary>One's own account: sign out, change the password. Every member may.</summary>
    OwnAccount,
}

/// <summary>A member's role in a workspace.</summary>
public enum Role
{
    Owner,
    Admin,
    Operator,
    Viewer,
    Auditor,
}

public static class Roles
{
    /// <summary>The table of the specification, row by row.</summary>
    public static bool May(this Role role, Permission permission) => permission switch
    {
        Permission.ManageMembers => role is Role.Owner or Role.Admin,
        Permission.ManageSettings => role is Role.Owner,
        Permission.Connect => role is Role.Owner or Role.Admin,
        Permission.Reconnect or Permission.ManageExporters or Permission.Run =>
            role is Role.Owner or Role.Admin or Role.Operator,
        Permission.View => true,
        Permission.Audit => role is Role.Owner or Role.Admin or Role.Auditor,
        Permission.OwnAccount => true,
    };
}

/// <summary>The one permission that a message asks for.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AsksAttribute(Permission permission) : Attribute
{
    public Permission Permission { get; } = permission;
}

/// <summary>A message that is sent several times a second: that it was is no news, so only its failures are logged.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AskedAllTheTimeAttribute : Attribute;
