using CountingKit.EventSourcing;
using CountingKit.Spreadsheets;

namespace CountingKit.Tests.Spreadsheets;

public sealed class SpreadsheetLinks
{
    private const string Id = "1AbC_def-GHIjklMNOpqrstuv";

    [Theory]
    [InlineData($"https://docs.google.com/spreadsheets/d/{Id}/edit#gid=0")]
    [InlineData($"https://docs.google.com/spreadsheets/d/{Id}/edit?gid=77#gid=77")]
    [InlineData($"https://docs.google.com/spreadsheets/d/{Id}/edit?usp=sharing")]
    [InlineData($"https://docs.google.com/spreadsheets/u/1/d/{Id}/edit?gid=5")]
    [InlineData($"https://docs.google.com/a/example.com/spreadsheets/d/{Id}/edit")]
    [InlineData($"https://docs.google.com/spreadsheets/d/{Id}/htmlview?usp=drivesdk&ouid=1")]
    [InlineData($"docs.google.com/spreadsheets/d/{Id}")]
    [InlineData($"https://drive.google.com/open?usp=drive_fs&id={Id}")]
    [InlineData($"https://www.google.com/url?q=https%3A%2F%2Fdocs.google.com%2Fspreadsheets%2Fd%2F{Id}%2Fedit")]
    [InlineData($" \t https://docs.google.com/spreadsheets/d/{Id}/edit \n")]
    [InlineData($" {Id} ")]
    public void The_id_is_found_in_links_as_people_have_them(string link) => SpreadsheetLink.IdIn(link).Should().Be(Id);

    [Theory]
    [InlineData($"https://drive.google.com/drive/u/0/folders/{Id}", "a folder in Google Drive")]
    [InlineData($"https://docs.google.com/document/d/{Id}/edit", "a Google Doc")]
    [InlineData($"https://docs.google.com/presentation/d/{Id}/edit", "a Google presentation")]
    [InlineData($"https://docs.google.com/forms/d/{Id}/edit", "a Google Form")]
    [InlineData($"https://drive.google.com/file/d/{Id}/view", "an uploaded file")]
    [InlineData($"https://docs.google.com/spreadsheets/d/e/2PACX-{Id}/pubhtml", "a published page")]
    public void What_else_a_link_leads_to_is_named(string link, string what)
    {
        SpreadsheetLink.IdIn(link).Should().BeNull();
        var require = () => SpreadsheetLink.Require(link);
        require.Should().Throw<RefusedException>().Which.Should().Match<RefusedException>(e =>
            e.Code == "CK-SPREADSHEET-03" && e.Message.StartsWith($"This is the link of {what}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("my sheet")]
    [InlineData("https://example.com/")]
    [InlineData("%")]
    [InlineData("")]
    public void Where_nothing_is_found_the_address_bar_is_named(string link) =>
        SpreadsheetLink.Refusal(link).Should().StartWith("This is not the link of a Google spreadsheet. Copy it from the address bar");
}
