using CountingKit.Testing;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.Storage;

namespace CountingKit.Tests.EventStoreDb;

/// <summary>Which event store portals under test are given, by the variables that name one.</summary>
public sealed class NamedServers : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private EventStoreDbNode named = null!;

    public async Task InitializeAsync() => named = await EventStoreDbNode.Start();

    public async Task DisposeAsync()
    {
        await named.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_named_server_is_met_by_one_test_which_has_no_power_over_its_faults()
    {
        await using var storage = await Of("servers");
        var another = () => Of("servers");
        var fail = () => storage.StandIn;

        storage.Kind.Should().Be(StorageKind.Servers);
        storage.EventStore.Should().Be(named.ConnectionString);
        fail.Should().Throw<InvalidOperationException>().WithMessage("*only the stand-in*COUNTINGKIT_TEST_EVENTSTORE*");
        await another.Should().ThrowAsync<InvalidOperationException>().WithMessage("*another test*--filter*empty server*");
    }

    [Fact]
    public async Task Tests_that_ask_for_servers_of_their_own_accord_meet_a_stand_in_unless_all_storage_is_on_servers()
    {
        await using var storage = await Of(null, StorageKind.Servers);

        storage.EventStore.Should().Be(storage.StandIn.ConnectionString).And.NotBe(named.ConnectionString);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sqlite")]
    public async Task Files_stay_files(string? storages)
    {
        await using var storage = await Of(storages);

        storage.Kind.Should().Be(StorageKind.Sqlite);
        storage.EventStore.Should().StartWith("sqlite:");
    }

    private Task<StorageUnderTest> Of(string? storages, StorageKind? kind = null) => StorageUnderTest.Of(
        folder.Path, kind, variable => variable == EventStoreUnderTest.Variable ? named.ConnectionString : storages);
}
