using CountingKit.Mirror;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

public sealed class SnapshotsAndDifferences
{
    [Fact]
    public async Task Equal_rows_are_one_snapshot_and_the_file_is_not_written_again()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2));
        var first = await Project(mirror);
        var file = mirror.Files("rows").Should().ContainSingle().Which;
        File.SetLastWriteTimeUtc(file, SourceTime.UtcDateTime);
        await mirror.Sync(full: false, Invoice(1, more: ",\"Reference\":\"not a column of ours\""));

        var second = await Project(mirror);

        second.Should().BeEquivalentTo(first);
        mirror.Files("rows").Should().ContainSingle();
        File.GetLastWriteTimeUtc(file).Should().Be(SourceTime.UtcDateTime);
        Path.GetFileNameWithoutExtension(file).Should().Be(first.Hash);
    }

    [Fact]
    public async Task A_difference_counts_added_changed_removed_and_unchanged_rows()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2), Invoice(3), Invoice(4));
        var before = await Project(mirror);
        await mirror.Sync(full: true, Invoice(1), Invoice(2, total: 7), Invoice(5), Invoice(6), Invoice(7));
        var after = await Project(mirror);

        (await Compare(mirror, before, after)).Should().Be(new Difference(Added: 3, Changed: 1, Removed: 2, Unchanged: 1));
        (await Compare(mirror, after, before)).Should().Be(new Difference(Added: 2, Changed: 1, Removed: 3, Unchanged: 1));
        (await Compare(mirror, after, after)).Should().Be(new Difference(0, 0, 0, 5));
    }

    [Fact]
    public async Task A_column_more_is_no_change_of_every_row()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2));
        var narrow = await mirror.Project(mirror.Projection("invoiceId"));

        (await Compare(mirror, narrow, await Project(mirror))).Should().Be(new Difference(0, 0, 0, 2));
    }

    [Fact]
    public async Task Without_the_key_column_rows_are_told_apart_by_their_content()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2), Invoice(3, total: 5));
        var before = await mirror.Project(mirror.Projection("total"));
        await mirror.Sync(full: true, Invoice(1), Invoice(2), Invoice(4), Invoice(3, total: 6));
        var after = await mirror.Project(mirror.Projection("total"));

        (await Compare(mirror, before, after)).Should().Be(new Difference(Added: 2, Changed: 0, Removed: 1, Unchanged: 2));
    }

    private static Task<Snapshot> Project(MirrorUnderTest mirror) =>
        mirror.Project(mirror.Projection("invoiceId", "invoiceNumber", "total"));

    private static Task<Difference> Compare(MirrorUnderTest mirror, Snapshot before, Snapshot after) =>
        mirror.Mirror.Compare(before, after, "invoiceId", CancellationToken.None);
}
