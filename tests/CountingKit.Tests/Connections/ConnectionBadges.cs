using CountingKit.Connections;

namespace CountingKit.Tests.Connections;

public sealed class ConnectionBadges
{
    private static readonly DateTime Now = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void What_can_be_read_is_Connected() => Of(Fresh).Text.Should().Be("Connected");

    [Fact]
    public void A_missing_permission_asks_for_attention_and_is_named()
    {
        var badge = ConnectionBadge.Of(ConnectionStatus.Open, Fresh, ["Payments"], Now);

        badge.Text.Should().Be("Attention");
        badge.Sentence.Should().Contain("Payments");
    }

    [Theory]
    [InlineData(45, "Connected")]
    [InlineData(46, "Renewal failing (14 days left)")]
    [InlineData(53, "Renewal failing (7 days left)")]
    [InlineData(59, "Renewal failing (1 day left)")]
    [InlineData(60, "Expired")]
    public void A_sign_in_that_cannot_be_renewed_is_counted_down(int daysSinceRenewal, string text) =>
        Of(Fresh with { RefreshedAt = Now.AddDays(-daysSinceRenewal) }).Text.Should().Be(text);

    [Fact]
    public void A_sign_in_that_Xero_ended_is_Expired() =>
        Of(Fresh with { DiedAt = Now }).Health.Should().Be(ConnectionHealth.Expired);

    [Theory]
    [InlineData(ConnectionStatus.Open)]
    [InlineData(ConnectionStatus.Expired)]
    public void A_sign_in_that_could_write_is_Expired_and_says_what_to_do(ConnectionStatus status)
    {
        var badge = ConnectionBadge.Of(
            status, Fresh with { Scopes = [.. Acme.Scopes, "accounting.transactions"] }, [], Now);

        badge.Health.Should().Be(ConnectionHealth.Expired);
        badge.Sentence.Should().Contain("accounting.transactions").And.Contain("Connected apps");
    }

    [Fact]
    public void A_sign_in_that_was_ended_because_it_could_write_says_so() => Of(
        Fresh with { Scopes = [.. Acme.Scopes, "accounting.transactions"], DiedAt = Now })
        .Sentence.Should().Contain("accounting.transactions");

    [Fact]
    public void Without_a_sign_in_it_is_Expired() => Of(null).Health.Should().Be(ConnectionHealth.Expired);

    [Theory]
    [InlineData(ConnectionStatus.Expired, "Expired")]
    [InlineData(ConnectionStatus.NoAccess, "No access")]
    [InlineData(ConnectionStatus.Disconnecting, "Disconnected")]
    [InlineData(ConnectionStatus.Disconnected, "Disconnected")]
    public void What_the_log_says_comes_first(ConnectionStatus status, string text) =>
        ConnectionBadge.Of(status, Fresh, ["Payments"], Now).Text.Should().Be(text);

    [Fact]
    public void What_is_disconnected_is_not_said_to_have_lost_a_sign_in_that_others_may_use() =>
        ConnectionBadge.Of(ConnectionStatus.Disconnected, null, [], Now).Sentence.Should().Be(
            "Nothing is read through this connection anymore. History and sheets stay as they are.");

    private static SignInFacts Fresh => new("Kim", null, Acme.Scopes, Now, Now.AddDays(-1), null);

    private static ConnectionBadge Of(SignInFacts? signIn) =>
        ConnectionBadge.Of(ConnectionStatus.Open, signIn, [], Now);
}
