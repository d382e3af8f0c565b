using CountingKit.Adapters.Embedded;
using CountingKit.Adapters.Mirror;
using CountingKit.Adapters.Moving;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using CountingKit.Vault;

namespace CountingKit.Tests.Mirror;

/// <summary>Which folder is the mirror of which installation.</summary>
public sealed class MirrorsOfInstallations : IDisposable
{
    private static readonly Guid Connection = new("0198f3a0-0000-7000-8000-000000000001");

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task All_portals_of_an_installation_have_one_and_know_it_again(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        await Begin(house, "log");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Start(house, i).Begin())));

        Directory.Exists(Start(house).Segments(Connection)).Should().BeTrue();
        Directory.EnumerateFiles(folder["mirror"]).Select(file => Path.GetFileName(file)).Should().Equal("installation.id");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_without_it_makes_none_in_its_place_and_goes_on_once_it_is_back(bool isMounted)
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await Begin(house, "log");
        Start(house).Segments(Connection);
        TakeAway(isMounted);

        var portal = Start(house);

        portal.Invoking(p => p.Begin()).Should().Throw<FolderGoneException>().WithMessage($"*{folder["mirror"]}*");
        portal.Invoking(p => p.Segments(Connection)).Should().Throw<FolderGoneException>();
        BringBack(isMounted);
        Directory.Exists(portal.Segments(Connection)).Should().BeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_away_while_a_portal_runs_is_no_other_folder_either(bool isMounted)
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await Begin(house, "log");
        var portal = Start(house);
        portal.Segments(Connection);

        TakeAway(isMounted);

        portal.Invoking(p => p.Segments(Connection)).Should().Throw<FolderGoneException>();
        portal.Invoking(p => p.Snapshots(Connection)).Should().Throw<FolderGoneException>();
        BringBack(isMounted);
        Directory.Exists(portal.Snapshots(Connection)).Should().BeTrue();
    }

    [Fact]
    public async Task Another_installations_is_refused_and_stays_theirs()
    {
        await using DatabaseHouse mine = new(StorageKind.Sqlite), theirs = new(StorageKind.Sqlite);
        await Begin(mine, "mine");
        await Begin(theirs, "theirs");
        Start(theirs).Begin();

        var portal = Start(mine);

        portal.Invoking(p => p.Begin()).Should().Throw<FolderGoneException>().WithMessage("*another installation*");
        portal.Invoking(p => p.Renew()).Should().Throw<ArgumentException>()
            .WithMessage("Mirror__Path *another installation*installation.id*");
        Start(theirs).Segments(Connection);
    }

    [Fact]
    public async Task One_from_before_there_were_marks_gets_one()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await Begin(house, "log");
        await Read(house);
        Hold(Connection, "1.segment");

        Start(house).Begin();

        File.Exists(Path.Combine(folder["mirror"], "installation.id")).Should().BeTrue();
        TakeAway(isMounted: true);
        Start(house).Invoking(p => p.Begin()).Should().Throw<FolderGoneException>();
    }

    [Fact]
    public async Task An_empty_folder_is_not_taken_for_one_from_before_there_were_marks()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await Begin(house, "log");
        await Read(house);
        Directory.CreateDirectory(folder["mirror"]);

        Start(house).Invoking(p => p.Begin()).Should().Throw<FolderGoneException>();

        Directory.EnumerateFileSystemEntries(folder["mirror"]).Should().BeEmpty();
    }

    [Theory]
    [InlineData("0198f3a0-0000-7000-8000-000000000002", "1.segment")]
    [InlineData("0198f3a0-0000-7000-8000-000000000001", null)]
    public async Task Nor_is_one_that_holds_another_installations_records_or_none(string connection, string? segment)
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await Begin(house, "log");
        await Read(house);
        Hold(Guid.Parse(connection), segment);

        Start(house).Invoking(p => p.Begin()).Should().Throw<FolderGoneException>();

        Directory.EnumerateFiles(folder["mirror"]).Should().BeEmpty("it gets no mark");
    }

    [Fact]
    public async Task Another_installations_that_takes_its_place_while_a_portal_runs_is_not_taken_for_it()
    {
        await using DatabaseHouse mine = new(StorageKind.Sqlite), theirs = new(StorageKind.Sqlite);
        await Begin(mine, "mine");
        await Begin(theirs, "theirs");
        var portal = Start(mine);
        portal.Segments(Connection);
        TakeAway(isMounted: false);
        Start(theirs).Begin();

        portal.Invoking(p => p.Segments(Connection)).Should().Throw<FolderGoneException>().WithMessage("*another installation*");

        Directory.EnumerateFileSystemEntries(folder["mirror"]).Should().ContainSingle("nothing of ours is made in theirs");
        Directory.Delete(folder["mirror"], recursive: true);
        BringBack(isMounted: false);
        Directory.Exists(portal.Snapshots(Connection)).Should().BeTrue();
    }

    [Fact]
    public async Task One_whose_mark_cannot_be_read_is_away_until_it_can()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await Begin(house, "log");
        var portal = Start(house);
        portal.Segments(Connection);

        using (File.Open(Path.Combine(folder["mirror"], "installation.id"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            portal.Invoking(p => p.Segments(Connection)).Should().Throw<FolderGoneException>()
                .Which.What.Should().Be(
                    "cannot be read: the disk reports an error on its file installation.id, or another program has it open");
            Start(house).Invoking(p => p.Renew()).Should().Throw<FolderGoneException>();
        }

        Directory.Exists(portal.Snapshots(Connection)).Should().BeTrue();
    }

    [Fact]
    public async Task Of_one_whose_mark_may_not_be_read_that_is_said()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await Begin(house, "log");
        var portal = Start(house);
        portal.Segments(Connection);
        File.Delete(Path.Combine(folder["mirror"], "installation.id"));
        // The system refuses to read a folder, to root too, as it refuses a file without permission to others.
        Directory.CreateDirectory(Path.Combine(folder["mirror"], "installation.id"));

        portal.Invoking(p => p.Segments(Connection)).Should().Throw<FolderGoneException>()
            .Which.What.Should().Be("cannot be read: the portal has no permission to read its file installation.id");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0198f3a0-0000")]
    public async Task One_whose_mark_is_damaged_is_not_called_another_installations(string mark)
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await Begin(house, "log");
        var portal = Start(house);
        portal.Segments(Connection);
        await File.WriteAllTextAsync(Path.Combine(folder["mirror"], "installation.id"), mark);

        portal.Invoking(p => p.Segments(Connection)).Should().Throw<FolderGoneException>()
            .Which.What.Should().Be("has a damaged installation.id file: it does not contain an installation ID");
        Start(house).Invoking(p => p.Renew()).Should().Throw<ArgumentException>()
            .WithMessage("Mirror__Path *installation.id file is damaged*delete its file installation.id first.");

        File.Delete(Path.Combine(folder["mirror"], "installation.id"));
        Start(house).Renew().Should().BeTrue();
        Directory.Exists(portal.Snapshots(Connection)).Should().BeTrue();
    }

    [Fact]
    public async Task For_one_that_is_lost_a_new_one_is_made_when_somebody_asks_for_it()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        await Begin(house, "log");
        var portal = Start(house);
        portal.Segments(Connection);
        TakeAway(isMounted: false);
        portal.Invoking(p => p.Begin()).Should().Throw<FolderGoneException>();

        Start(house).Renew().Should().BeTrue();

        Directory.Exists(portal.Segments(Connection)).Should().BeTrue("the one that runs goes on");
        Start(house).Renew().Should().BeFalse("it is there");
    }

    [Fact]
    public async Task Before_the_log_has_named_the_installation_nothing_is_said_of_its_mirror()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var portal = Start(house);

        portal.Begin();

        portal.Invoking(p => p.Segments(Connection)).Should().Throw<FolderGoneException>("nothing may be kept there yet");
        Directory.EnumerateFileSystemEntries(folder["mirror"]).Should().BeEmpty();
        portal.Invoking(p => p.Renew()).Should().Throw<ArgumentException>().WithMessage("Database__ConnectionString *");
        await Begin(house, "log");
        portal.Begin();
        File.Exists(Path.Combine(folder["mirror"], "installation.id")).Should().BeTrue();
    }

    /// <summary>The log names the installation.</summary>
    private async Task Begin(DatabaseHouse house, string log)
    {
        await using var store = new EmbeddedEventStore(new(folder[$"{log}.db"]), TimeProvider.System);
        var binding = new InstallationBinding(
            store, CountingKitRegistration.Events(), house.Vault(), new OlderLogs(house.Vault()));
        (await binding.Problem(default)).Should().BeNull();
    }

    /// <summary>A portal starts on the mirror's folder.</summary>
    private MirrorFolder Start(DatabaseHouse house, int portal = 0) => new(
        new MirrorOptions(folder["mirror"]), TimeProvider.System, binding: new MirrorBinding(house.Vault(portal)));

    /// <summary>Something was read into the mirror.</summary>
    private static async Task Read(DatabaseHouse house)
    {
        await using var vault = await house.Vault().CreateDbContextAsync();
        vault.SourceStates.Add(new SourceStateRow { ConnectionId = Connection, Resource = "Invoices" });
        await vault.SaveChangesAsync();
    }

    /// <summary>The folder holds what was read from a connection.</summary>
    /// <param name="segment">Null = only its place was made.</param>
    private void Hold(Guid connection, string? segment)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder["mirror"], $"{connection:N}", "segments")).FullName;
        if (segment is not null) File.WriteAllText(Path.Combine(place, segment), "records");
    }

    /// <param name="isMounted">The folder where the disk was mounted stays, empty.</param>
    private void TakeAway(bool isMounted)
    {
        Directory.Move(folder["mirror"], folder["elsewhere"]);
        if (isMounted) Directory.CreateDirectory(folder["mirror"]);
    }

    /// <summary>Nothing was made meanwhile.</summary>
    private void BringBack(bool isMounted)
    {
        Directory.Exists(folder["mirror"]).Should().Be(isMounted);
        if (isMounted) Directory.Delete(folder["mirror"]); // Only an empty one.
        Directory.Move(folder["elsewhere"], folder["mirror"]);
    }
}
