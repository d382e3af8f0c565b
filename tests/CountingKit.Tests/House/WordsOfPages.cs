using System.Text.RegularExpressions;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.House;

/// <summary>Pages speak American English.</summary>
public sealed partial class WordsOfPages
{
    [Fact]
    public void Boxes_are_checked_on_every_page_and_not_ticked()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(BuiltPaths.Web, "Features"), "*.cshtml", SearchOption.AllDirectories)
            .ToList();

        pages.Should().Contain(page => Path.GetFileName(page) == "_ExporterForm.cshtml", "the pages were found");
        pages.Where(page => Ticked().IsMatch(File.ReadAllText(page))).Should().BeEmpty();
    }

    [GeneratedRegex(@"\b(?:un)?tick(?:s|ed|ing)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ticked();
}
