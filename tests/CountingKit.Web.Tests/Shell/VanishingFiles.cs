using CountingKit.Adapters.Mirror;
using CountingKit.Testing;
using CountingKit.Web.Hosting;

namespace CountingKit.Web.Tests.Shell;

/// <summary>Another portal over the same files ends while this one starts: SQLite deletes its side files.</summary>
public sealed class VanishingFiles
{
    [Theory]
    [InlineData("events.db-wal")]
    [InlineData("events.db-shm")]
    [InlineData("tables/vault.db-wal")]
    public async Task A_side_file_that_is_listed_and_gone_a_moment_later_holds_up_no_start(string gone)
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["tables"]);
        await File.WriteAllTextAsync(folder["events.db"], "");
        File.SetUnixFileMode(folder["events.db"], (UnixFileMode)0b110_100_100);
        // A link to nothing is listed, and is not there.
        File.CreateSymbolicLink(folder[gone], folder["nowhere"]);

        PrivateFiles.Of(
            new("sqlite:events.db", "sqlite:tables", new MirrorOptions("mirror", "128 MB"), "keys", null), folder.Path);

        File.GetUnixFileMode(folder["events.db"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
