using CountingKit.Web.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CountingKit.Web.Tests.Shell;

public sealed class FullDisks
{
    private static FolderLooks Looks => new(TimeProvider.System);

    [Theory]
    [InlineData(1_000_000_000, HealthStatus.Healthy)]
    [InlineData(199_000_000, HealthStatus.Degraded)]
    [InlineData(0, HealthStatus.Unhealthy)]
    public async Task The_health_page_names_the_setting_whose_disk_has_the_least_room(long left, HealthStatus status)
    {
        var folders = new StorageFolders([("Database__ConnectionString", "/tables"), ("Mirror__Path", "/mirror")]);

        var health = await new DiskHealth(folders, Looks, folder => folder == "/mirror" ? left : 2_000_000_000)
            .CheckHealthAsync(new());

        health.Status.Should().Be(status);
        if (status != HealthStatus.Healthy) health.Description.Should().Contain("Mirror__Path");
    }

    [Theory]
    [InlineData("/tables", HealthStatus.Unhealthy, "The folder of Database__ConnectionString is gone.")]
    [InlineData("/mirror", HealthStatus.Degraded, "The folder of Mirror__Path is gone.")]
    public async Task The_health_page_names_the_setting_whose_folder_is_gone(string gone, HealthStatus status, string told)
    {
        var folders = new StorageFolders([("Database__ConnectionString", "/tables"), ("Mirror__Path", "/mirror")]);

        var health = await new DiskHealth(
            folders, Looks, folder => folder == gone ? throw new DriveNotFoundException(gone) : 2_000_000_000)
            .CheckHealthAsync(new());

        (health.Status, health.Description).Should().Be((status, told));
    }

    [Theory]
    [InlineData(199_000_000, HealthStatus.Degraded, "is almost full: 199 MB are free.")]
    [InlineData(0, HealthStatus.Unhealthy, "is full: 0 MB are free.")]
    public async Task A_mirror_that_is_gone_hides_no_full_disk(long left, HealthStatus status, string told)
    {
        var folders = new StorageFolders([("Mirror__Path", "/mirror"), ("Database__ConnectionString", "/tables")]);

        var health = await new DiskHealth(
            folders, Looks, folder => folder == "/mirror" ? throw new DriveNotFoundException(folder) : left)
            .CheckHealthAsync(new());

        (health.Status, health.Description).Should().Be(
            (status, $"The disk of Database__ConnectionString {told} The folder of Mirror__Path is gone."));
    }

    [Fact]
    public void A_place_that_is_not_made_yet_lies_on_the_disk_of_what_is_above_it()
    {
        var storage = new StorageOptions("sqlite:no/such/events.db", "Host=server", new("/no-such-folder/mirror"), "keys", null);

        StorageFolders.Of(storage, Path.GetTempPath().TrimEnd('/')).All.Should().Equal(
            ("EventStore__ConnectionString", Path.GetTempPath().TrimEnd('/')), ("Mirror__Path", "/"));
    }
}
