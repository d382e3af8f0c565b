using CountingKit.Messaging;

namespace CountingKit.Tests.Messaging;

public sealed class PlainTexts
{
    [Theory]
    [InlineData("")]
    [InlineData("Zoë & Söhne, 株式会社 😀")]
    [InlineData("two\r\nlines\tand a tab")]
    [InlineData("\uFFFD")]
    public void What_people_type_is_text(string text) => PlainText.Is(text).Should().BeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("😀😀😀")]
    [InlineData("a😀b👩‍👩‍👧c")]
    public void Cut_anywhere_it_is_still_text_and_its_beginning(string text)
    {
        for (var longest = 0; longest <= text.Length + 1; longest++)
        {
            var cut = PlainText.Cut(text, longest);

            PlainText.Is(cut).Should().BeTrue("{0} of {1}", longest, text);
            text.Should().StartWith(cut);
            cut.Length.Should().BeInRange(Math.Min(text.Length, Math.Max(longest - 1, 0)), longest);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" - ")]
    [InlineData("\u202Eabc")]
    [InlineData("株式会社")]
    [InlineData("👩‍👩‍👧")]
    public void A_name_in_which_something_is_seen_is_visible(string name) => PlainText.IsVisible(name).Should().BeTrue();

    [Theory]
    [InlineData("")]
    [InlineData(" \t\u00A0\u3000")]
    [InlineData("\u202E")]
    [InlineData("\u200B \u200D")]
    [InlineData("\u00AD")]
    [InlineData("\u2060\uFEFF\u180E")]
    [InlineData("\uFE0F\u034F")]
    [InlineData("\u3164\u115F\u1160\uFFA0\u2800")]
    [InlineData("\U000E0041")]
    public void A_name_in_which_nothing_is_seen_is_not(string name) => PlainText.IsVisible(name).Should().BeFalse();

    [Theory]
    [InlineData(new[] { 'a', '\0', 'b' })]
    [InlineData(new[] { '\u0007' })]
    [InlineData(new[] { '\u0085' })]
    [InlineData(new[] { '\uD83D' })]
    [InlineData(new[] { '\uDE00', '\uD83D' })]
    [InlineData(new[] { 'a', '\uFFFE' })]
    [InlineData(new[] { '\uFFFF' })]
    [InlineData(new[] { '\uFDD0' })]
    [InlineData(new[] { '\uD83F', '\uDFFE' })]
    public void Halves_of_characters_controls_and_what_is_none_are_not(char[] text) => PlainText.Is(text).Should().BeFalse();
}
