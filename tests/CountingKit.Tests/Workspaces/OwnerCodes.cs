using CountingKit.Workspaces;

namespace CountingKit.Tests.Workspaces;

public sealed class OwnerCodes
{
    [Fact]
    public void A_code_is_eight_groups_of_four_without_look_alikes() =>
        OwnerCode.New().Should().MatchRegex("^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$");

    [Fact]
    public void No_two_codes_are_the_same() =>
        Enumerable.Range(0, 100).Select(_ => OwnerCode.New()).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Case_blanks_and_look_alikes_do_not_count() =>
        OwnerCode.HashOf(" 01ab-cd ").Should().Be(OwnerCode.HashOf("OLAB CD"));

    [Fact]
    public void Another_code_is_another_code() =>
        OwnerCode.HashOf("AAAA").Should().NotBe(OwnerCode.HashOf("AAAB"));
}
