using CountingKit.Datasets;
using CountingKit.Mirror;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

[Trait("Speed", "Slow")]
public sealed class StagingOfPages
{
    [Fact]
    public async Task A_first_full_pass_makes_a_base_of_everything()
    {
        using var mirror = new MirrorUnderTest();

        var staged = await mirror.Sync(full: true, Invoice(1), Invoice(2), Invoice(3), Invoice(4));

        staged.Should().BeEquivalentTo(new { Read = 4, ItemCount = 4, Added = 4, Changed = 0, Deleted = 0, SourceTime });
        staged.Segment.Should().BeEquivalentTo(new { IsBase = true, Sequence = 1, Versions = 4 });
        mirror.Files("segment").Should().ContainSingle().Which.Should().EndWith($"{staged.Segment!.Hash}.segment");
    }

    [Fact]
    public async Task The_same_pages_again_make_no_segment()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2), Invoice(3), Invoice(4));

        var again = await mirror.Sync(full: true, Invoice(1), Invoice(2), Invoice(3), Invoice(4));

        again.Should().BeEquivalentTo(new { Read = 4, Added = 0, Changed = 0, Deleted = 0 });
        again.Segment.Should().BeNull();
        mirror.Files("segment").Should().ContainSingle();
    }

    [Fact]
    public async Task The_same_pages_in_another_mirror_make_the_same_file()
    {
        using var one = new MirrorUnderTest();
        using var other = new MirrorUnderTest();

        var first = await one.Sync(full: true, Invoice(1), Invoice(2));
        var second = await other.Sync(full: true, Invoice(1), Invoice(2));

        second.Segment.Should().Be(first.Segment);
    }

    [Fact]
    public async Task A_record_that_is_only_written_differently_is_unchanged()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, """{"InvoiceID":"a","Total":1.50,"Reference":"é","Contact":{"Name":"x","Id":1}}""");

        var again = await mirror.Sync(
            full: true, """{ "Contact": {"Id":1.0, "Name":"x"}, "Reference":"\u00e9", "Total":15e-1, "InvoiceID":"a" }""");

        again.Segment.Should().BeNull();
    }

    [Theory]
    [InlineData("""{"InvoiceID":"a","Total":1.51,"Lines":[1,2]}""")]
    [InlineData("""{"InvoiceID":"a","Total":1.50,"Lines":[2,1]}""")]
    [InlineData("""{"InvoiceID":"a","Total":"1.50","Lines":[1,2]}""")]
    [InlineData("""{"InvoiceID":"a","Total":-1.50,"Lines":[1,2]}""")]
    [InlineData("""{"InvoiceID":"a","Total":1.50,"Lines":[1,2],"New":null}""")]
    [InlineData("""{"InvoiceID":"a","Total":1.50000000000000000000000000000000000000001,"Lines":[1,2]}""")]
    public async Task Any_other_difference_is_a_change(string changed)
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, """{"InvoiceID":"a","Total":1.50,"Lines":[1,2]}""");

        (await mirror.Sync(full: false, changed)).Should().BeEquivalentTo(new { Added = 0, Changed = 1, Deleted = 0 });
    }

    [Fact]
    public async Task An_incremental_sync_stores_what_is_new_or_different_and_deletes_nothing()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2), Invoice(3));

        var staged = await mirror.Sync(full: false, Invoice(2, total: 9), Invoice(3), Invoice(4));

        staged.Should().BeEquivalentTo(new { Read = 3, Added = 1, Changed = 1, Deleted = 0 });
        staged.Segment.Should().BeEquivalentTo(new { IsBase = false, Versions = 2 });
        (await mirror.Rows(mirror.Projection("invoiceId", "total"))).Select(row => (row[0].AsText, row[1].AsNumber))
            .Should().Equal((Id(1), 1m), (Id(2), 9m), (Id(3), 1m), (Id(4), 1m));
    }

    [Fact]
    public async Task A_full_pass_marks_what_is_missing_and_takes_it_back_when_it_returns()
    {
        using var mirror = new MirrorUnderTest();
        await mirror.Sync(full: true, Invoice(1), Invoice(2), Invoice(3));

        var without = await mirror.Sync(full: true, Invoice(1));
        var rows = await mirror.Rows(mirror.Projection("invoiceId"));
        var back = await mirror.Sync(full: true, Invoice(1), Invoice(3));

        without.Should().BeEquivalentTo(new { Read = 1, Added = 0, Changed = 0, Deleted = 2 });
        rows.Should().ContainSingle();
        back.Should().BeEquivalentTo(new { Added = 1, Changed = 0, Deleted = 0 });
        (await mirror.Rows(mirror.Projection("invoiceId"))).Select(row => row[0].AsText).Should().Equal(Id(1), Id(3));
    }

    [Fact]
    public async Task A_record_that_comes_twice_in_a_pass_counts_once_and_its_later_version_wins()
    {
        using var mirror = new MirrorUnderTest();

        var staged = await mirror.Sync(
            full: true, Invoice(1, 1), Invoice(1, 2), Invoice(2), Invoice(1, 3), Invoice(3), Invoice(1, 3));

        staged.Should().BeEquivalentTo(new { Read = 3, Added = 3, Changed = 0, Deleted = 0 });
        (await mirror.Rows(mirror.Projection("total")))[0].Should().Equal(CellValue.Number(3));
    }

    [Fact]
    public async Task A_pass_without_any_page_knows_no_time()
    {
        using var mirror = new MirrorUnderTest();

        (await mirror.Sync(full: false)).Should().Be(new StagedSync(null, 0, null, 0, 0, 0, null));
    }

    [Fact]
    public async Task A_pass_that_breaks_off_leaves_nothing()
    {
        using var mirror = new MirrorUnderTest();
        async IAsyncEnumerable<SourcePage> Breaking()
        {
            await foreach (var page in Pages([Invoice(1)])) yield return page;
            throw new SourceException(SourceProblem.Unavailable, "CK-XERO-TEST", "Xero is down.");
        }

        await mirror.Invoking(m => m.Mirror.Stage(m.Source, [], 1, true, Breaking(), CancellationToken.None))
            .Should().ThrowAsync<SourceException>();

        mirror.Files("*").Where(file => !file.Contains("spill")).Should().BeEmpty();
    }
}
