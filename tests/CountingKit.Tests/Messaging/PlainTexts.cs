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
