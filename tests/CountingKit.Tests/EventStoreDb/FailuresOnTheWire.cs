using CountingKit.Adapters.EventStoreDb.Client;
using Grpc.Core;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>What errors on the wire mean.</summary>
public sealed class FailuresOnTheWire
{
    [Theory]
    [InlineData("Server Is Not Ready")]
    [InlineData("Server Is Too Busy")]
    [InlineData("Server not ready")]
    [InlineData("The node is NOT READY yet")]
    public void A_server_that_is_not_ready_has_written_nothing(string detail)
    {
        var failure = Read(new Status(StatusCode.Unavailable, detail));

        failure.Should().BeOfType<NotReadyException>();
        failure.IsUnprocessed.Should().BeTrue();
    }

    [Fact]
    public void A_connection_that_broke_may_have_written()
    {
        var failure = Read(new Status(StatusCode.Unavailable, "Error starting gRPC call.", new HttpRequestException()));

        failure.Should().BeOfType<CallLostException>().Which.IsUnprocessed.Should().BeFalse();
    }

    private static readonly EventStoreClientSettings Settings = EventStoreClientSettings.Create("esdb://localhost");

    private static EventStoreClientException Read(Status status) =>
        Failures.Read(new RpcException(status), Settings, stream: null, CancellationToken.None);
}
