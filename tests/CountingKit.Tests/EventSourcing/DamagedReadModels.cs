using System.Security.Cryptography;
using CountingKit.Audit;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.EventSourcing;
using CountingKit.Workspaces;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.EventSourcing;

/// <summary>The file that pages read is damaged on the disk: it is a cache, and is filled anew.</summary>
[Trait("Speed", "Slow")]
public sealed class DamagedReadModels : IDisposable
{
    private const int Page = 4096;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private IEnumerable<string> Files => Directory.EnumerateFiles(folder["data"], "read-models-v*.db").Order(StringComparer.Ordinal);

    private IEnumerable<string> Kept => Directory.EnumerateFiles(folder["data"], "*.damaged-*Z");

    [Theory]
    [InlineData("the beginning")]
    [InlineData("a page in the middle")]
    [InlineData("everything behind the first page")]
    [InlineData("all of it")]
    public async Task Damaged_before_a_start_it_is_put_aside_and_filled_anew(string what)
    {
        List<string> rows;
        await using (var before = await Filled()) rows = [.. await RowsOf.All(before.ReadModels.Open())];
        SqliteConnection.ClearAllPools();
        Damage(what);

        await using var node = await new PortalNode(folder).Project();

        await PutAside();
        await TellsTheLog(node);
        (await RowsOf.All(node.ReadModels.Open())).Should().Equal(rows);
        await using var next = new PortalNode(folder);
        await TellsTheLog(next);
        Kept.Should().ContainSingle("somebody may want to look at it");
    }

    [Fact]
    public async Task Damaged_while_a_portal_projects_it_is_filled_anew_and_goes_on()
    {
        await using var node = await Filled();
        SqliteConnection.ClearAllPools();
        Damage("all of it");

        await node.Append("workspace-late", new WorkspaceCreated(Guid.CreateVersion7(), "Late"));

        await PutAside();
        await TellsTheLog(node);
        node.ReadModels.Trouble.Should().BeNull();
    }

    [Fact]
    public async Task Damage_that_only_a_page_meets_is_mended_behind_it()
    {
        await using var node = await Settled();
        Damage("the second half");

        var page = () => Ask(node);

        await page.Should().ThrowAsync<SqliteException>();
        await PutAside();
        await TellsTheLog(node);
        node.ReadModels.MayBeDamaged.Should().BeFalse();
    }

    [Fact]
    public async Task A_file_that_vanishes_while_a_portal_projects_is_filled_anew_though_nothing_happens()
    {
        await using var node = await Settled();
        foreach (var file in Directory.EnumerateFiles(folder["data"], "read-models-v*").ToList()) File.Delete(file);

        await PortalNode.Eventually(() => Task.FromResult(Files.Any()));
        await TellsTheLog(node);
    }

    [Fact]
    public async Task A_folder_that_is_moved_away_is_told_as_that_and_nothing_takes_its_place()
    {
        await using var node = await Settled();

        Directory.Move(folder["data"], folder["elsewhere"]);

        await PortalNode.Eventually(() => Task.FromResult(node.ReadModels.Trouble?.Code == "CK-STORE-18"));
        node.ReadModels.MayBeDamaged.Should().BeFalse();
        var page = () => Ask(node);
        await page.Should().ThrowAsync<FolderGoneException>().WithMessage($"*{folder["data"]}*");
        Directory.Exists(folder["data"]).Should().BeFalse();
        Directory.Move(folder["elsewhere"], folder["data"]);
        await TellsTheLog(node);
        Kept.Should().BeEmpty();
    }

    [Fact]
    public async Task A_disk_that_is_not_there_is_told_as_that_all_the_time_though_the_vault_is_away_with_it()
    {
        await using var node = await Settled();
        Directory.Move(folder["data"], folder["elsewhere"]);
        Directory.CreateDirectory(folder["data"]); // What is left of it where the disk was mounted.
        SqliteConnection.ClearAllPools();
        await PortalNode.Eventually(() => Task.FromResult(node.ReadModels.Trouble?.Code == "CK-STORE-18"));

        var told = new List<string?>();
        for (var looks = 0; looks < 100; looks++)
        {
            told.Add(node.ReadModels.Trouble?.Code);
            await Task.Delay(10);
        }

        told.Should().OnlyContain(code => code == "CK-STORE-18");
        Directory.EnumerateFileSystemEntries(folder["data"]).Should().BeEmpty();
        Directory.Delete(folder["data"]);
        Directory.Move(folder["elsewhere"], folder["data"]);
        await TellsTheLog(node);
        Kept.Should().BeEmpty();
    }

    [Fact]
    public async Task What_another_process_put_in_its_place_is_filled_though_nothing_happens()
    {
        await using var node = await Settled();
        await using var other = new PortalNode(folder);
        Damage("all of it");

        await other.Databases.SetAsideDamaged(default); // Unless this one was faster.

        Kept.Should().NotBeEmpty();
        await TellsTheLog(node);
    }

    /// <summary>The look that a start takes is over, and all stands in the newest file alone.</summary>
    private async Task<PortalNode> Settled()
    {
        var node = await Filled();
        await node.Rebuild();
        SqliteConnection.ClearAllPools();
        return node;
    }

    private static async Task Ask(PortalNode node)
    {
        await using var rows = node.ReadModels.Open();
        await rows.Set<AuditRow>().AsNoTracking().ToListAsync();
    }

    private Task PutAside() => PortalNode.Eventually(() => Task.FromResult(Kept.Any()));

    private async Task<PortalNode> Filled()
    {
        var node = new PortalNode(folder);
        await new LogOfRuns(node.Store, node.Catalog).Append(500, organizations: 3);
        await node.Project();
        await node.CatchUp();
        return node;
    }

    private static async Task TellsTheLog(PortalNode node)
    {
        await node.CatchUp();
        await using var rows = node.ReadModels.Open();
        rows.Set<AuditRow>().OrderBy(r => r.Number).Select(r => r.EventId).Should()
            .Equal((await node.Log()).Select(e => e.Id));
    }

    private void Damage(string what)
    {
        using var file = new FileStream(Files.Last(), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var (from, length) = what switch
        {
            "the beginning" => (0L, Page),
            "a page in the middle" => (file.Length / Page / 2 * Page, Page),
            "everything behind the first page" => (Page, (int)file.Length - Page),
            "the second half" => (file.Length / Page / 2 * Page, (int)(file.Length - file.Length / Page / 2 * Page)),
            "all of it" => (0, (int)file.Length),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        file.Position = from;
        file.Write(RandomNumberGenerator.GetBytes(length));
    }
}
