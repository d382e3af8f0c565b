using CountingKit.Connections;

namespace CountingKit.Tests.Connections;

public sealed class ConnectionNamesTold
{
    private static readonly Dictionary<Guid, string?> NoCodes = [];

    [Fact]
    public void A_name_that_only_one_has_stands_alone() =>
        Of([Row(1, "Acme Ltd"), Row(2, "Acme Ltd", alias: "Acme North")], NoCodes).Should().Equal("Acme Ltd", "Acme North");

    [Fact]
    public void A_name_turns_nothing_that_stands_behind_it() =>
        Of([Row(1, "Acme\u202E Ltd")], NoCodes).Should().Equal("Acme Ltd");

    [Fact]
    public void Of_one_name_the_client_codes_tell_apart() =>
        Of([Row(1, "Acme Ltd", code: "A1"), Row(2, "ACME LTD", code: "A2"), Row(3, "Bolt Ltd", code: "B1")], NoCodes)
            .Should().Equal("Acme Ltd (A1)", "ACME LTD (A2)", "Bolt Ltd");

    [Fact]
    public void Where_one_has_no_client_code_or_the_same_Xeros_short_codes_do() =>
        Of(
            [Row(1, "Acme Ltd", code: "A1"), Row(2, "Acme Ltd"), Row(3, "Bolt Ltd", code: "B"), Row(4, "Bolt Ltd", code: "b")],
            new() { [Id(1)] = "!one", [Id(2)] = "!two", [Id(3)] = "!three", [Id(4)] = "!four" })
            .Should().Equal("Acme Ltd (!one)", "Acme Ltd (!two)", "Bolt Ltd (!three)", "Bolt Ltd (!four)");

    [Fact]
    public void Without_either_the_end_of_Xeros_id_does() =>
        Of([Row(1, "Acme Ltd"), Row(2, "Acme Ltd")], NoCodes).Should().Equal("Acme Ltd (…000001)", "Acme Ltd (…000002)");

    [Fact]
    public void An_alias_that_is_anothers_name_is_told_apart_too() =>
        Of([Row(1, "Acme Ltd", code: "A1"), Row(2, "Bolt Ltd", alias: "Acme Ltd", code: "B1")], NoCodes)
            .Should().Equal("Acme Ltd (A1)", "Acme Ltd (B1)");

    [Fact]
    public void One_that_was_disconnected_and_connected_again_is_named_as_what_it_was() =>
        Of([Row(1, "Acme Ltd", status: ConnectionStatus.Disconnected), Row(2, "Acme Ltd")], NoCodes)
            .Should().Equal("Acme Ltd (disconnected)", "Acme Ltd");

    private static IEnumerable<string> Of(ConnectionRow[] rows, Dictionary<Guid, string?> shortCodes)
    {
        var names = ConnectionNames.Of(rows, shortCodes);
        return rows.Select(row => names[row.ConnectionId]);
    }

    private static Guid Id(int number) => Guid.Parse($"11111111-0000-4000-8000-{number:D12}");

    private static ConnectionRow Row(
        int number, string name, string? alias = null, string? code = null,
        ConnectionStatus status = ConnectionStatus.Open) => new()
    {
        ConnectionId = Id(number), TenantId = Id(number), OrganizationName = name, Alias = alias, ClientCode = code,
        Status = status, ConnectedBy = "system",
    };
}
