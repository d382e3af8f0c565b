using System.Runtime.Versioning;
using System.Threading.Channels;
using CountingKit.Adapters.Mirror;
using CountingKit.Testing;
using CountingKit.Web.Hosting;

namespace CountingKit.Web.Tests.Shell;

/// <summary>What an earlier version left readable for everybody is closed at the start: folders 0700, files 0600.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OlderFiles : IDisposable
{
    private const UnixFileMode OpenFolder = (UnixFileMode)0b111_101_101;
    private const UnixFileMode OpenFile = (UnixFileMode)0b110_100_100;
    private const UnixFileMode OwnFolder = (UnixFileMode)0b111_000_000;
    private const UnixFileMode OwnFile = (UnixFileMode)0b110_000_000;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folders_and_files_of_data_log_and_mirror_are_for_its_own_user_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        string[] folders = ["log", "data", "mirror", "mirror/acme", "mirror/acme/segments"];
        string[] files =
        [
            "log/events.db", "log/events.db-wal", "data/vault.db", "data/vault.db-shm", "data/read-models-v1-1.db",
            "mirror/.lock", "mirror/acme/segments/one.parquet",
        ];
        foreach (var name in folders) Make(name);
        foreach (var name in files) Write(name);

        Start("log/events.db");

        folders.Should().OnlyContain(name => File.GetUnixFileMode(folder[name]) == OwnFolder);
        files.Should().OnlyContain(name => File.GetUnixFileMode(folder[name]) == OwnFile);
    }

    [Fact]
    public void A_folder_that_the_log_shares_with_others_stays_as_it_is_and_so_do_their_files()
    {
        if (OperatingSystem.IsWindows()) return;
        Make("shared");
        Write("shared/events.db");
        Write("shared/somebody-elses");

        Start("shared/events.db");

        File.GetUnixFileMode(folder["shared"]).Should().Be(OpenFolder);
        File.GetUnixFileMode(folder["shared/somebody-elses"]).Should().Be(OpenFile);
        File.GetUnixFileMode(folder["shared/events.db"]).Should().Be(OwnFile);
    }

    [Fact]
    public async Task A_start_goes_on_beside_a_mirror_that_does_not_answer_and_what_comes_of_it_is_told()
    {
        if (OperatingSystem.IsWindows()) return;
        using var answer = new ManualResetEventSlim();
        var told = Channel.CreateUnbounded<string>();
        void Close()
        {
            answer.Wait();
            throw new SettingException("Mirror__Path", "names files of another user.");
        }

        PrivateFiles.Meanwhile("Mirror__Path", Close, TimeSpan.FromMilliseconds(50), line => told.Writer.TryWrite(line));

        (await told.Reader.ReadAsync()).Should().Be(
            "Mirror__Path names a folder that is large or slow: its files are still being closed to other users.");
        told.Reader.TryRead(out _).Should().BeFalse();
        answer.Set();
        (await told.Reader.ReadAsync()).Should().Be("Mirror__Path names files of another user.");
    }

    [Fact]
    public void What_a_mirror_that_answers_lacks_stops_the_start()
    {
        if (OperatingSystem.IsWindows()) return;
        var start = () => PrivateFiles.Meanwhile(
            "Mirror__Path", () => throw new SettingException("Mirror__Path", "names files of another user."),
            TimeSpan.FromMinutes(1), line => line.Should().BeNull("nothing is told"));

        start.Should().Throw<SettingException>();
    }

    private void Start(string log) => PrivateFiles.Of(
        new($"sqlite:{log}", "sqlite:data", new MirrorOptions("mirror", "128 MB"), "keys", null), folder.Path);

    private void Make(string name)
    {
        Directory.CreateDirectory(folder[name]);
        File.SetUnixFileMode(folder[name], OpenFolder);
    }

    private void Write(string name)
    {
        File.WriteAllText(folder[name], "");
        File.SetUnixFileMode(folder[name], OpenFile);
    }
}
