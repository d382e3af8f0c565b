using CountingKit.Web.Features.Shared;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CountingKit.Web.Tests.Shell;

public sealed class TimesOnPages
{
    [Fact]
    public void A_moment_reads_as_Americans_write_it_on_a_24_hour_clock()
    {
        var output = new TagHelperOutput(
            "time", new TagHelperAttributeList(), (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        var context = new TagHelperContext(new TagHelperAttributeList(), new Dictionary<object, object>(), "time");

        new TimeTagHelper { At = new(2026, 11, 9, 18, 5, 0, DateTimeKind.Utc) }.Process(context, output);

        output.Content.GetContent().Should().Be("Nov 9, 2026, 18:05 UTC");
        output.Attributes["datetime"]!.Value.Should().Be("2026-11-09T18:05:00Z", "the browser shows it in the reader's own zone");
    }
}
