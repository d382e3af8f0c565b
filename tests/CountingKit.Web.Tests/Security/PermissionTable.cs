using CountingKit.Messaging;

namespace CountingKit.Web.Tests.Security;

/// <summary>Who may do what, as the product's description has it, typed by hand.</summary>
public sealed class PermissionTable
{
    public static TheoryData<Permission, bool, bool, bool, bool, bool> Table => new()
    {
        //                            Owner  Admin  Operator Viewer Auditor
        { Permission.ManageMembers,   true,  true,  false,   false, false },
        { Permission.ManageSettings,  true,  false, false,   false, false },
        { Permission.Connect,         true,  true,  false,   false, false },
        { Permission.Reconnect,       true,  true,  true,    false, false },
        { Permission.ManageExporters, true,  true,  true,    false, false },
        { Permission.Run,             true,  true,  true,    false, false },
        { Permission.View,            true,  true,  true,    true,  true },
        { Permission.Audit,           true,  true,  false,   false, true },
        { Permission.OwnAccount,      true,  true,  true,    true,  true },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_role_may_what_the_table_says(
        Permission permission, bool owner, bool admin, bool @operator, bool viewer, bool auditor)
    {
        Role.Owner.May(permission).Should().Be(owner);
        Role.Admin.May(permission).Should().Be(admin);
        Role.Operator.May(permission).Should().Be(@operator);
        Role.Viewer.May(permission).Should().Be(viewer);
        Role.Auditor.May(permission).Should().Be(auditor);
    }

    [Fact]
    public void The_table_has_every_permission() =>
        Table.Select(row => row[0]).Should().BeEquivalentTo(Enum.GetValues<Permission>().Cast<object>());
}
