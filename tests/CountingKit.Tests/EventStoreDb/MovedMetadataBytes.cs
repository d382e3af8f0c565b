using System.Text;
using CountingKit.Adapters.EventStoreDb;

namespace CountingKit.Tests.EventStoreDb;

public sealed class MovedMetadataBytes
{
    private static readonly DateTimeOffset Created =
        new DateTimeOffset(2026, 3, 1, 14, 5, 6, TimeSpan.FromHours(2)).AddTicks(1234567);

    [Theory]
    [InlineData("""{}""", """{"$moved":"2026-03-01T12:05:06.1234567Z"}""")]
    [InlineData("""{"a":"ż"}""", """{"a":"ż","$moved":"2026-03-01T12:05:06.1234567Z"}""")]
    [InlineData("""{"a":{}}""", """{"a":{},"$moved":"2026-03-01T12:05:06.1234567Z"}""")]
    public void The_instant_stands_at_the_end_and_comes_off_again(string metadata, string moved)
    {
        Text(MovedMetadata.Add(Bytes(metadata), Created)).Should().Be(moved);

        var (original, created) = MovedMetadata.Read(Bytes(moved));
        Text(original.Span).Should().Be(metadata);
        created.Should().Be(Created);
        created!.Value.Offset.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"$moved":"2026-03-01T12:05:06Z"}""")]
    [InlineData("""{"$moved":"2026-03-01T12:05:06.1234567Z" }""")]
    [InlineData("""{"a":1,"$moved":"2026-13-01T12:05:06.1234567Z"}""")]
    [InlineData("""{"a":1,"$moved":"2026-03-01T12:05:06.1234567Z"} """)]
    [InlineData("""{"$moved":"2026-03-01T12:05:06.1234567Z","a":1}""")]
    [InlineData("""[1,"$moved":"2026-03-01T12:05:06.1234567Z"}""")]
    public void Other_metadata_is_left_as_it_is(string metadata)
    {
        var (original, created) = MovedMetadata.Read(Bytes(metadata));

        Text(original.Span).Should().Be(metadata);
        created.Should().BeNull();
    }

    [Fact]
    public void Of_an_event_moved_twice_the_last_move_comes_off()
    {
        var once = MovedMetadata.Add("{}"u8, Created);

        var (original, created) = MovedMetadata.Read(MovedMetadata.Add(once, Created.AddDays(1)));

        original.ToArray().Should().Equal(once);
        created.Should().Be(Created.AddDays(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{} ")]
    public void What_is_no_object_is_refused(string metadata)
    {
        var add = () => MovedMetadata.Add(Bytes(metadata), Created);

        add.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void The_length_it_adds_is_known() =>
        MovedMetadata.Add("""{"a":1}"""u8, Created).Should().HaveCount(7 + MovedMetadata.Length);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
