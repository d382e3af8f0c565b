using CountingKit.Adapters.Xero;

namespace CountingKit.Tests.Xero;

public sealed class XeroClocks
{
    private static readonly DateTimeOffset Ours = new(2026, 11, 28, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Xeros_clock_counts_where_it_is_behind_ours() =>
        XeroClock.Of(Ours.AddMinutes(-10), Ours, Ours).Should().Be(Ours.AddMinutes(-10));

    [Fact]
    public void Ours_counts_where_Xeros_is_ahead() =>
        XeroClock.Of(Ours.AddMinutes(10), null, Ours).Should().Be(Ours);

    [Theory]
    [InlineData(null)]
    [InlineData(9_999)]
    [InlineData(2_028)]
    [InlineData(1)]
    public void The_answers_header_counts_where_the_envelope_tells_nonsense(int? year)
    {
        DateTimeOffset? envelope = year is { } y ? new DateTimeOffset(y, 1, 1, 0, 0, 0, TimeSpan.Zero) : null;

        XeroClock.Of(envelope, Ours.AddMinutes(-3), Ours).Should().Be(Ours.AddMinutes(-3));
        XeroClock.Of(envelope, Ours.AddYears(1), Ours).Should().Be(Ours);
        XeroClock.Of(envelope, null, Ours).Should().Be(Ours);
    }
}
