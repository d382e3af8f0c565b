using CountingKit.Testing;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

/// <summary>Typed columns beside the segments are a cache: what nobody used for days goes, what a run uses stays.</summary>
public sealed class OldTypedColumns
{
    [Fact]
    public async Task Those_of_an_older_catalogue_and_of_segments_that_are_gone_are_removed_after_some_days()
    {
        using var folder = new TempFolder();
        string older, gone;
        using (var before = new MirrorUnderTest(folder.Path))
        {
            await before.Sync(full: true, Invoice(1));
            await before.Rows(before.Projection("invoiceId"));
            var cache = before.TypedFiles().Should().ContainSingle().Which;
            var (hash, layout) = (before.Segments[0].Hash, Path.GetFileName(cache).Split('.')[1]);
            older = Copy(cache, cache.Replace($".{layout}.", ".0123456789ab.", StringComparison.Ordinal));
            gone = Copy(cache, cache.Replace(hash, new string('a', 64), StringComparison.Ordinal));
        }

        using var after = new MirrorUnderTest(folder.Path);
        after.Segments.Add((await after.Mirror.Stage(after.Source, [], 1, true, Pages([Invoice(1)]), default)).Segment!);
        await after.Rows(after.Projection("invoiceId"));
        var atStart = after.Files("parquet");
        after.Time.Advance(TimeSpan.FromDays(3));
        await after.Rows(after.Projection("invoiceId"));

        atStart.Should().Contain([older, gone], "another portal may still use them");
        after.TypedFiles().Should().ContainSingle().Which.Should().NotBe(older).And.NotBe(gone);
    }

    [Fact]
    public async Task Those_of_segments_that_are_in_a_base_by_now_are_removed_and_made_again_when_they_are_wanted()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2));
        await mirror.Sync(full: false, Invoice(1, 7));
        var before = mirror.Projection("invoiceId", "total") with { Organizations = [new(mirror.Source, "Acme", [.. mirror.Segments])] };
        var rows = await mirror.Rows(before);
        mirror.Segments.Add(await mirror.Mirror.Compact(mirror.Source, mirror.Segments, default));
        mirror.Time.Advance(TimeSpan.FromDays(3));

        await mirror.Rows(mirror.Projection("invoiceId", "total"));

        var hash = mirror.Segments[^1].Hash;
        mirror.Files("parquet").Should().HaveCount(2, "index and typed columns").And.OnlyContain(path => path.Contains(hash));
        (await mirror.Rows(before)).Should().BeEquivalentTo(rows);
    }

    [Fact]
    public async Task Those_that_a_run_used_a_day_ago_stay_however_old_they_are()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2));
        var first = mirror.Projection("invoiceId") with { Organizations = [new(mirror.Source, "Acme", [.. mirror.Segments])] };
        for (var day = 0; day < 5; day++)
        {
            await mirror.Rows(first);
            mirror.Time.Advance(TimeSpan.FromDays(1));
        }

        var other = await mirror.Mirror.Stage(mirror.Source, [], 9, true, Pages([Invoice(3)]), default);
        await mirror.Rows(first with { Organizations = [new(mirror.Source, "Acme", [other.Segment!])] });

        mirror.TypedFiles().Should().HaveCount(2).And.ContainSingle(path => path.Contains(mirror.Segments[0].Hash));
    }

    private static string Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
        File.SetLastWriteTimeUtc(to, SourceTime.UtcDateTime.AddHours(-1));
        return to;
    }
}
