using CountingKit.Connections;

namespace CountingKit.Tests.Connections;

public sealed class XeroPermissionsTable
{
    private static readonly IReadOnlyList<string> Asked =
    [
        "openid", "offline_access", "accounting.invoices.read", "accounting.payments.read", "accounting.contacts.read",
        "accounting.settings.read",
    ];

    [Fact]
    public void Before_anybody_signed_in_nothing_is_missing_and_what_is_not_asked_for_is_told() =>
        XeroPermissions.Table(Asked, granted: null).Select(row => (row.Permission.Name, row.State)).Should().Equal(
            ("Read accounting data", PermissionState.Granted),
            ("Read contacts", PermissionState.Granted),
            ("Read reports", PermissionState.NotAsked),
            ("Read organization data", PermissionState.Granted));

    [Fact]
    public void A_row_is_granted_partly_or_missing_by_its_lines() =>
        XeroPermissions.Table(Asked, ["accounting.payments.read", "accounting.settings.read"])
            .Select(row => row.State).Should().Equal(
                PermissionState.Partly, PermissionState.Missing, PermissionState.NotAsked, PermissionState.Granted);

    [Fact]
    public void Missing_permissions_are_named_as_people_read_them_and_unknown_ones_as_Xero_does() =>
        XeroPermissions.MissingMeanings(
            [.. Asked, "accounting.new.read"], ["accounting.invoices.read", "accounting.settings.read"])
            .Should().Equal(
                "Payments, overpayments, prepayments", "Contacts and contact groups", "accounting.new.read");

    [Fact]
    public void A_broad_permission_covers_the_granular_ones_and_all_of_those_cover_it()
    {
        string[] granular =
        [
            "accounting.invoices.read", "accounting.payments.read", "accounting.banktransactions.read",
            "accounting.manualjournals.read", "accounting.reports.aged.read",
        ];

        XeroPermissions.MissingMeanings(granular, ["accounting.transactions.read", "accounting.reports.read"])
            .Should().BeEmpty();
        XeroPermissions.MissingMeanings(["accounting.transactions.read"], granular).Should().BeEmpty();
        XeroPermissions.MissingMeanings(
            ["accounting.contacts.read", "accounting.transactions.read"], ["accounting.invoices.read"])
            .Should().HaveCount(2);
        XeroPermissions.Table(Asked, ["accounting.transactions.read"])[0].State.Should().Be(PermissionState.Granted);
    }

    [Fact]
    public void Every_line_is_read_only() =>
        XeroPermissions.All.SelectMany(permission => permission.Lines)
            .Should().OnlyContain(line => line.Scope.EndsWith(".read", StringComparison.Ordinal));
}
