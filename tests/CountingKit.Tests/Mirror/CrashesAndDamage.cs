using System.Security.Cryptography;
using CountingKit.Adapters.Mirror;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Testing;
using DuckDB.NET.Data;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

[Trait("Speed", "Slow")]
public sealed class CrashesAndDamage
{
    [Fact]
    public async Task What_crashed_writes_left_is_harmless_and_swept_after_a_day()
    {
        using var folder = new TempFolder();
        string old, fresh;
        using (var before = new MirrorUnderTest(folder.Path))
        {
            await before.Sync(full: true, Invoice(1));
            var segments = Path.GetDirectoryName(before.Files("segment")[0])!;
            (old, fresh) = (Path.Combine(segments, "a.unfinished"), Path.Combine(segments, "b.unfinished"));
            await File.WriteAllTextAsync(old, "half a segm");
            await File.WriteAllTextAsync(fresh, "half a segm");
            File.SetLastWriteTimeUtc(old, SourceTime.UtcDateTime.AddDays(-1).AddMinutes(-1));
            File.SetLastWriteTimeUtc(fresh, SourceTime.UtcDateTime.AddMinutes(-1));
        }

        using var after = new MirrorUnderTest(folder.Path);
        var staged = await after.Sync(full: true, Invoice(1));

        (await after.Rows(after.Projection("invoiceId"))).Should().ContainSingle();
        after.Files("segment").Should().ContainSingle("the same pages make the same file");
        staged.Added.Should().Be(1);
        File.Exists(old).Should().BeFalse();
        File.Exists(fresh).Should().BeTrue("its writer may still live");
    }

    [Fact]
    public async Task A_dead_process_s_spill_folder_is_removed_and_a_living_one_s_is_not()
    {
        using var folder = new TempFolder();
        using var living = new MirrorUnderTest(folder.Path);
        await living.Sync(full: true, Invoice(1));
        var used = Directory.GetDirectories(folder["spill"]).Should().ContainSingle().Which;
        var dead = Directory.CreateDirectory(Path.Combine(folder["spill"], "dead")).FullName;
        await File.WriteAllTextAsync(Path.Combine(dead, "in-use"), "");

        using var next = new MirrorUnderTest(folder.Path);
        await next.Sync(full: true, Invoice(1));

        Directory.Exists(dead).Should().BeFalse();
        Directory.Exists(used).Should().BeTrue();
    }

    [Fact]
    public async Task A_changed_segment_is_found_by_whoever_reads_it()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2));
        await mirror.Rows(mirror.Projection("invoiceId"));
        Flip(mirror.Files("segment")[0]);

        await mirror.Invoking(m => m.Rows(m.Projection("invoiceId"))).Should().ThrowAsync<MirrorDamagedException>();
        await mirror.Invoking(m => m.Sync(full: true, Invoice(1))).Should().ThrowAsync<MirrorDamagedException>();
        await mirror.Invoking(m => m.Mirror.Compact(m.Source, m.Segments, CancellationToken.None))
            .Should().ThrowAsync<MirrorDamagedException>();
    }

    [Fact]
    public async Task A_missing_segment_is_found_though_its_cache_is_there()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1));
        await mirror.Rows(mirror.Projection("invoiceId"));
        File.Delete(mirror.Files("segment")[0]);

        await mirror.Invoking(m => m.Rows(m.Projection("invoiceId"))).Should().ThrowAsync<MirrorDamagedException>();
    }

    [Theory]
    [InlineData(".index")]
    [InlineData("")]
    public async Task A_cache_that_is_missing_or_changed_is_made_again(string kind)
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2));
        var snapshot = await mirror.Project(mirror.Projection("invoiceId", "total"));

        File.Delete(Cache());
        var withoutCache = await mirror.Project(mirror.Projection("invoiceId", "total"));
        Flip(Cache());
        var withChangedCache = await mirror.Project(mirror.Projection("invoiceId", "total"));

        withoutCache.Hash.Should().Be(snapshot.Hash);
        withChangedCache.Hash.Should().Be(snapshot.Hash);
        mirror.Files("parquet").Should().HaveCount(2);

        string Cache() => (kind.Length > 0 ? mirror.Files("parquet").Except(mirror.TypedFiles()) : mirror.TypedFiles())
            .Should().ContainSingle().Which;
    }

    [Fact]
    public async Task A_projection_or_staging_that_fails_keeps_no_connection()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1));
        await mirror.Rows(mirror.Projection("invoiceId"));
        byte[] noParquet = [.. "This is no Parquet."u8];
        var (cache, hash) = (mirror.Files("parquet").Except(mirror.TypedFiles()).Single(), Convert.ToHexStringLower(SHA256.HashData(noParquet))[..16]);
        File.Delete(cache);
        await File.WriteAllBytesAsync(cache.Replace(cache.Split('.')[^2], hash, StringComparison.Ordinal), noParquet);

        await mirror.Invoking(m => m.Rows(m.Projection("invoiceId"))).Should().ThrowAsync<DuckDBException>();
        await mirror.Invoking(m => m.Mirror.Preview(m.Projection("invoiceId"), 1, default)).Should().ThrowAsync<DuckDBException>();
        await mirror.Invoking(m => m.Sync(full: true, Invoice(1))).Should().ThrowAsync<DuckDBException>();
        await mirror.Invoking(m => m.Mirror.Compact(m.Source, m.Segments, default)).Should().ThrowAsync<DuckDBException>();

        mirror.OpenConnections.Should().Be(0);
    }

    [Fact]
    public void New_folders_are_durable_up_to_the_first_that_was_there()
    {
        using var there = new TempFolder();
        var flushed = new List<string>();
        var options = new MirrorOptions(Path.Combine(there.Path, "data", "mirror") + Path.DirectorySeparatorChar);
        var folder = new MirrorFolder(options, TimeProvider.System, flushed.Add);

        var segments = folder.Segments(Guid.Empty);
        folder.Segments(Guid.Empty);
        folder.Snapshots(Guid.Empty);

        Directory.Exists(segments).Should().BeTrue();
        var root = Path.Combine(there.Path, "data", "mirror");
        var connection = Path.Combine(root, $"{Guid.Empty:N}");
        flushed.Should().Equal(there.Path, Path.Combine(there.Path, "data"), root, connection, connection);
        new MirrorFolder(options, TimeProvider.System, flushed.Add).Segments(Guid.Empty);
        flushed.Skip(5).Should().Equal([root, connection], "who made them may have died before flushing them");
    }

    [Fact]
    public async Task A_folder_that_a_copy_which_was_put_back_lacks_is_made_again()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1));
        await mirror.Rows(mirror.Projection("invoiceId"));
        Directory.Delete(Path.GetDirectoryName(mirror.Files("rows")[0])!, recursive: true);

        (await mirror.Rows(mirror.Projection("invoiceId"))).Should().ContainSingle();
    }

    [Fact]
    public async Task A_root_that_is_moved_away_while_it_is_written_to_is_told_as_that_too()
    {
        using var there = new TempFolder();
        using var mirror = new MirrorUnderTest(there["mirror"]);
        await mirror.Sync(full: true, Invoice(1));
        async IAsyncEnumerable<SourcePage> Late()
        {
            await foreach (var page in Pages([Invoice(2)])) yield return page;
            Directory.Move(there["mirror"], there["elsewhere"]);
        }

        await mirror.Invoking(m => m.Mirror.Stage(m.Source, m.Segments, 2, false, Late(), CancellationToken.None))
            .Should().ThrowAsync<FolderGoneException>();

        Directory.Exists(there["mirror"]).Should().BeFalse();
    }

    [Fact]
    public async Task A_root_that_is_moved_away_is_told_as_that_and_nothing_takes_its_place()
    {
        using var there = new TempFolder();
        using var mirror = new MirrorUnderTest(there["mirror"]);
        await mirror.Sync(full: true, Invoice(1));
        var other = mirror.Source with { ConnectionId = Guid.CreateVersion7() };

        Directory.Move(there["mirror"], there["elsewhere"]);

        await mirror.Invoking(m => m.Rows(m.Projection("invoiceId"))).Should().ThrowAsync<FolderGoneException>();
        await mirror.Invoking(m => m.Mirror.Stage(other, [], 1, true, Pages([Invoice(2)]), CancellationToken.None))
            .Should().ThrowAsync<FolderGoneException>().WithMessage($"*{there["mirror"]}*");
        Directory.Exists(there["mirror"]).Should().BeFalse();
        Directory.Move(there["elsewhere"], there["mirror"]);
        (await mirror.Rows(mirror.Projection("invoiceId"))).Should().ContainSingle();
    }

    [Fact]
    public async Task Every_flipped_byte_of_a_snapshot_is_found_before_its_last_row()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2), Invoice(3));
        var snapshot = await mirror.Project(mirror.Projection("invoiceId", "total"));
        var path = mirror.Files("rows")[0];
        var whole = await File.ReadAllBytesAsync(path);

        for (var i = 0; i < whole.Length; i += 7)
        {
            var changed = whole.ToArray();
            changed[i] ^= 0x10;
            await File.WriteAllBytesAsync(path, changed);
            var rows = 0;
            try
            {
                await foreach (var row in mirror.Mirror.ReadRows(snapshot, CancellationToken.None)) rows++;
            }
            catch (MirrorDamagedException)
            {
                rows.Should().BeLessThan(3);
                continue;
            }

            // A few of the frame's bits say nothing about its content: then every row must be right.
            (await mirror.Rows(snapshot)).Should().HaveCount(3);
        }
    }

    [Fact]
    public async Task A_damaged_snapshot_is_written_again_by_the_next_run_with_its_rows()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2));
        var snapshot = await mirror.Project(mirror.Projection("invoiceId"));
        Flip(mirror.Files("rows")[0]);

        await mirror.Project(mirror.Projection("invoiceId"));

        (await mirror.Rows(snapshot)).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_missing_snapshot_is_told()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1));
        var snapshot = await mirror.Project(mirror.Projection("invoiceId"));
        mirror.Mirror.Has(snapshot).Should().BeTrue();

        File.Delete(mirror.Files("rows")[0]);

        mirror.Mirror.Has(snapshot).Should().BeFalse();
        await mirror.Invoking(m => m.Rows(snapshot)).Should().ThrowAsync<MirrorDamagedException>();
    }

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 0x55;
        File.WriteAllBytes(path, bytes);
    }
}
