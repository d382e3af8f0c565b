using CountingKit.Web.Features.Shared;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CountingKit.Web.Tests.Shell;

public sealed class TimesOnPages
{
    [Theory]
    [InlineData(false, "Nov 9, 2026, 18:05 UTC")]
    [InlineData(true, "Nov 9, 2026, 18:05:07 UTC")]
    public void A_moment_reads_as_Americans_write_it_on_a_24_hour_clock(bool seconds, string shown)
    {
        var output = new TagHelperOutput(
            "time", new TagHelperAttributeList(), (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        var context = new TagHelperContext(new TagHelperAttributeList(), new Dictionary<object, object>(), "time");

        new TimeTagHelper { At = new(2026, 11, 9, 18, 5, 7, DateTimeKind.Utc), Seconds = seconds }.Process(context, output);

        output.Content.GetContent().Should().Be(shown);
        output.Attributes["datetime"]!.Value.Should().Be("2026-11-09T18:05:07Z", "the browser shows it in the reader's own zone");
    }
}
