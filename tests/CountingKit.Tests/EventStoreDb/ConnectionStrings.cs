using System.Text;
using CountingKit.Adapters.EventStoreDb.Client;

namespace CountingKit.Tests.EventStoreDb;

public sealed class ConnectionStrings
{
    [Fact]
    public void One_host_alone_means_the_defaults()
    {
        var settings = EventStoreClientSettings.Create("esdb://localhost");

        settings.Nodes.Should().Equal(new NodeEndPoint("localhost", 2113));
        settings.Discovers.Should().BeFalse();
        settings.DefaultCredentials.Should().BeNull();
        settings.Tls.Should().BeTrue();
        settings.TlsVerifyCert.Should().BeTrue();
        settings.TlsCaFile.Should().BeNull();
        settings.NodePreference.Should().Be(NodePreference.Leader);
        settings.MaxDiscoverAttempts.Should().Be(10);
        settings.DiscoveryInterval.Should().Be(TimeSpan.FromMilliseconds(100));
        settings.GossipTimeout.Should().Be(TimeSpan.FromSeconds(5));
        settings.DefaultDeadline.Should().Be(TimeSpan.FromSeconds(10));
        settings.KeepAliveInterval.Should().Be(TimeSpan.FromSeconds(10));
        settings.KeepAliveTimeout.Should().Be(TimeSpan.FromSeconds(10));
        settings.ThrowOnAppendFailure.Should().BeTrue();
    }

    [Fact]
    public void Every_option_is_read_whatever_the_case_of_its_key()
    {
        var settings = EventStoreClientSettings.Create(
            "esdb://h/?TLS=False&tlsverifycert=false&tlsCaFile=a/ca.crt&userCertFile=/u.crt&USERKEYFILE=/u.key"
            + "&connectionName=night%20shift&nodePreference=readonlyREPLICA&maxDiscoverAttempts=3&discoveryInterval=0"
            + "&gossipTimeout=70&defaultDeadline=1500&keepAliveInterval=-1&keepAliveTimeout=2000&throwOnAppendFailure=false",
            "/root");

        settings.Tls.Should().BeFalse();
        settings.TlsVerifyCert.Should().BeFalse();
        settings.TlsCaFile.Should().Be("/root/a/ca.crt");
        settings.UserCertFile.Should().Be("/u.crt");
        settings.UserKeyFile.Should().Be("/u.key");
        settings.ConnectionName.Should().Be("night shift");
        settings.NodePreference.Should().Be(NodePreference.ReadOnlyReplica);
        settings.MaxDiscoverAttempts.Should().Be(3);
        settings.DiscoveryInterval.Should().Be(TimeSpan.Zero);
        settings.GossipTimeout.Should().Be(TimeSpan.FromMilliseconds(70));
        settings.DefaultDeadline.Should().Be(TimeSpan.FromMilliseconds(1500));
        settings.KeepAliveInterval.Should().BeNull();
        settings.KeepAliveTimeout.Should().Be(TimeSpan.FromSeconds(2));
        settings.ThrowOnAppendFailure.Should().BeFalse();
    }

    [Theory]
    [InlineData("esdb://a", false)]
    [InlineData("ESDB+Discover://a", true)]
    [InlineData("kurrentdb://a", false)]
    [InlineData("kurrentdb+discover://a:1", true)]
    [InlineData("kurrent+discover://a/", true)]
    [InlineData("kdb://a?tls=true", false)]
    [InlineData("esdb://a,b", true)]
    public void A_scheme_or_several_hosts_ask_for_discovery(string text, bool discovers) =>
        EventStoreClientSettings.Create(text).Discovers.Should().Be(discovers);

    [Fact]
    public void Several_hosts_keep_their_order_and_their_ports() =>
        EventStoreClientSettings.Create("esdb://admin:changeit@node1:2114,10.0.0.2,[::1]:2115?tls=false").Nodes
            .Should().Equal(new NodeEndPoint("node1", 2114), new("10.0.0.2", 2113), new("::1", 2115));

    [Theory]
    [InlineData("esdb://admin:changeit@h", "admin:changeit")]
    [InlineData("esdb://us%40er:p%3A%2F%3F%25%C5%BC@h", "us@er:p:/?%ż")]
    [InlineData("esdb://u:a:b@h", "u:a:b")]
    public void User_and_password_are_decoded(string text, string sent) =>
        EventStoreClientSettings.Create(text).DefaultCredentials!.Authorization
            .Should().Be("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(sent)));

    [Theory]
    [InlineData("esdb://h?tls=false", 10_000, 10_000)]
    [InlineData("esdb://h?tls=false&keepAliveInterval=-1&keepAliveTimeout=-1", -1, -1)]
    [InlineData("esdb://h?tls=false&keepAliveInterval=20000&keepAliveTimeout=300", 20_000, 1000)]
    public void Keep_alive_is_what_is_asked_for_or_off(string text, int interval, int timeout)
    {
        using var channels = new NodeChannels(EventStoreClientSettings.Create(text));
        using var handler = channels.NewHandler();

        handler.KeepAlivePingDelay.TotalMilliseconds.Should().Be(interval);
        handler.KeepAlivePingTimeout.TotalMilliseconds.Should().Be(timeout);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost:2113")]
    [InlineData("http://s3cr3t@h")]
    [InlineData("esdb+disco://h")]
    [InlineData("esdb://")]
    [InlineData("esdb://?tls=false")]
    [InlineData("esdb://a,,b")]
    [InlineData("esdb://a:0")]
    [InlineData("esdb://a:65536")]
    [InlineData("esdb://a:b")]
    [InlineData("esdb://a b")]
    [InlineData("esdb://[::1")]
    [InlineData("esdb://[::1]x:1")]
    [InlineData("esdb://a/path")]
    [InlineData("esdb://s3cr3t@h")]
    [InlineData("esdb://:s3cr3t@h")]
    [InlineData("esdb://u:@h")]
    [InlineData("esdb://u:s3cr3t%@h")]
    [InlineData("esdb://u:s3cr3t%zz@h")]
    [InlineData("esdb://u:x/s3cr3t@h")]
    [InlineData("esdb://u:1?s3cr3t=x@h")]
    [InlineData("esdb://s3cr3t:1?tls=false&tls=s3cr3t@h")]
    [InlineData("esdb://h?tls")]
    [InlineData("esdb://h?tls=")]
    [InlineData("esdb://h?=true")]
    [InlineData("esdb://h?tls=true&")]
    [InlineData("esdb://h?tls=s3cr3t")]
    [InlineData("esdb://h?tls=true&TLS=true")]
    [InlineData("esdb://h?unknown=s3cr3t")]
    [InlineData("esdb://h?maxDiscoverAttempts=0")]
    [InlineData("esdb://h?maxDiscoverAttempts=1.5")]
    [InlineData("esdb://h?gossipTimeout=0")]
    [InlineData("esdb://h?gossipTimeout=5s")]
    [InlineData("esdb://h?defaultDeadline=-1")]
    [InlineData("esdb://h?discoveryInterval=-1")]
    [InlineData("esdb://h?keepAliveInterval=0")]
    [InlineData("esdb://h?keepAliveTimeout=-2")]
    [InlineData("esdb://h?nodePreference=boss")]
    [InlineData("esdb://h?nodePreference=1")]
    [InlineData("esdb://h?userCertFile=a")]
    [InlineData("esdb://h?userKeyFile=a")]
    [InlineData("esdb://h?connectionName=%C5%BC")]
    public void What_is_wrong_is_said_without_repeating_what_may_be_secret(string text)
    {
        var create = () => EventStoreClientSettings.Create(text);

        create.Should().Throw<FormatException>().Which.ToString().Should().NotContain("s3cr3t");
    }

    [Theory]
    [InlineData("esdb://h?tsl=false", "*tsl is not known*tlsCaFile*")]
    [InlineData("esdb://h?tls=yes", "tls is true or false*")]
    [InlineData("esdb://h?nodePreference=boss", "*leader, follower, random, readOnlyReplica*")]
    [InlineData("esdb://h?tls=true&TLS=true", "*TLS is given twice*")]
    public void An_option_that_is_wrong_is_named(string text, string said)
    {
        var create = () => EventStoreClientSettings.Create(text);

        create.Should().Throw<FormatException>().WithMessage(said);
    }
}
