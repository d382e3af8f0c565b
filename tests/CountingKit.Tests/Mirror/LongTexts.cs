using CountingKit.Datasets;
using CountingKit.Testing;
using Xunit.Abstractions;
using static CountingKit.Tests.Mirror.MirrorUnderTest;

namespace CountingKit.Tests.Mirror;

/// <summary>Records whose texts are long: memory is bounded by bytes, not only by rows.</summary>
[Trait("Speed", "Slow")]
public sealed class LongTexts(ITestOutputHelper output)
{
    private const int Records = 6_000;

    /// <summary>What passes under the least passes under more, which is tried at full scale.</summary>
    public static TheoryData<string> Limits => Scale.IsFull ? new("32 MB", "64 MB") : new("32 MB");

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Texts_of_4_kilobytes_are_typed_projected_and_compacted_under_little_memory(string limit)
    {
        using var mirror = new MirrorUnderTest(memoryLimit: limit);
        await mirror.Sync(full: true, [.. Enumerable.Range(0, Records).Select(i => Wide(i, 1))]);
        await mirror.Sync(full: false, [.. Enumerable.Range(0, 20).Select(i => Wide(i, 2))]);

        var rows = await mirror.Rows(mirror.Projection("invoiceNumber", "reference", "sourceUrl", "total"));
        var compacted = await mirror.Mirror.Compact(mirror.Source, mirror.Segments, CancellationToken.None);
        mirror.Segments.Add(compacted);
        var again = await mirror.Rows(mirror.Projection("invoiceNumber", "reference", "sourceUrl", "total"));

        output.WriteLine($"{mirror.Files("parquet").Sum(path => new FileInfo(path).Length) >> 20} MB of typed columns");
        rows.Should().HaveCount(Records);
        rows.Count(row => row[3] == CellValue.Number(2)).Should().Be(20);
        rows.Should().OnlyContain(row => row[1].AsText.Length == Length && row[2].AsText.Length == Length);
        again.Select(row => row[0].AsText).Should().Equal(rows.Select(row => row[0].AsText));
    }

    [Fact]
    public async Task A_text_that_is_longer_than_a_part_may_be_is_a_part_of_its_own()
    {
        using var mirror = new MirrorUnderTest(memoryLimit: "32 MB");
        var texts = Enumerable.Range(0, 5).Select(i => Text(i, 2_000_000)).ToList();

        await mirror.Sync(full: true, [.. texts.Select((text, i) => Invoice(i, more: $",\"Reference\":\"{text}\""))]);

        (await mirror.Rows(mirror.Projection("invoiceId", "reference"))).Select(row => row[1].AsText)
            .Should().BeEquivalentTo(texts);
    }

    private const int Length = 4096;

    private static string Wide(int number, decimal total) => Invoice(
        number, total, more: $",\"Reference\":\"{Text(number, Length)}\",\"Url\":\"{Text(-number - 1, Length)}\"");

    /// <summary>As hard to compress as letters can be.</summary>
    private static string Text(int seed, int length)
    {
        var bytes = new byte[length / 2];
#pragma warning disable CA5394 // The same every time.
        new Random(seed).NextBytes(bytes);
#pragma warning restore CA5394
        return Convert.ToHexString(bytes);
    }
}
