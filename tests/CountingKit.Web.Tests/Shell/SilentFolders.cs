using CountingKit.Web.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The disk of a folder does not answer, not even with an error.</summary>
public sealed class SilentFolders : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly ManualResetEventSlim answer = new();

    public void Dispose()
    {
        answer.Set();
        answer.Dispose();
    }

    [Fact]
    public async Task A_silent_one_is_waited_for_a_while_and_looked_at_once()
    {
        var looks = new FolderLooks(time);

        var first = looks.At("/mirror", Silent, default);
        var second = looks.At("/mirror", () => 2L, default);
        (await looks.At("/data", () => 3L, default)).Should().Be(3, "another one answers");
        time.Advance(TimeSpan.FromMinutes(1));
        foreach (var look in (Task<long>[])[first, second])
            await look.Invoking(asked => asked).Should().ThrowAsync<TimeoutException>();

        var third = looks.At("/mirror", () => 2L, default);
        third.IsFaulted.Should().BeTrue("nobody waits once more for one that has been silent");
        answer.Set();
        (await Answer(looks)).Should().Be(2, "the silent look has ended");
    }

    [Theory]
    [InlineData("Database__ConnectionString", HealthStatus.Unhealthy)]
    [InlineData("Mirror__Path", HealthStatus.Degraded)]
    public async Task The_health_page_names_the_setting_whose_folder_is_silent(string setting, HealthStatus status)
    {
        var asked = new DiskHealth(new StorageFolders([(setting, "/silent")]), new FolderLooks(time), _ => Silent())
            .CheckHealthAsync(new());
        time.Advance(TimeSpan.FromMinutes(1));

        var health = await asked;

        (health.Status, health.Description).Should().Be((status, $"The folder of {setting} does not answer."));
    }

    /// <summary>It takes a moment until the look that was silent has ended.</summary>
    private static async Task<long> Answer(FolderLooks looks)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                if (await looks.At("/mirror", () => 2L, patience.Token) is 2) return 2;
            }
            catch (TimeoutException)
            {
                await Task.Delay(10, patience.Token);
            }
        }
    }

    private long Silent()
    {
        answer.Wait();
        return 1;
    }
}
