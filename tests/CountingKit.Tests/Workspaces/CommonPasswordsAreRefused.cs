using CountingKit.Workspaces;

namespace CountingKit.Tests.Workspaces;

public sealed class CommonPasswordsAreRefused
{
    [Theory]
    [InlineData("passwordpassword")]
    [InlineData("Password1234!")]
    [InlineData("P@ssw0rd2024!")]
    [InlineData("Welcome123456")]
    [InlineData("qwertyuiop123")]
    [InlineData("1q2w3e4rqwerty")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("abcdefghijkl")]
    [InlineData("lkjihgfedcba")]
    [InlineData("123456789012")]
    [InlineData("aaaabbbbccccdddde")]
    [InlineData("summer2026!!")]
    [InlineData("monkeydragon1")]
    [InlineData("iloveyou2020")]
    [InlineData("administrator")]
    [InlineData("countingkit2026")]
    [InlineData("Accounting2026")]
    [InlineData("Olivia-Osborne-1")]
    [InlineData("oliviaolivia12")]
    [InlineData("acmebooks2026")]
    public void What_is_tried_first_is_refused(string password) =>
        PasswordRules.Problem(password, "Olivia Osborne", "olivia@acme.example").Should().NotBeNull();

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("a whole new sentence")]
    [InlineData("Xk7#q9$2mz!4")]
    [InlineData("839201748263")]
    [InlineData("seventeen quiet lamps")]
    [InlineData("the monkey ate my ledger")]
    [InlineData("Olivia weighs anchors")]
    [InlineData("пароль из семи слов")]
    public void What_nobody_would_guess_is_taken(string password) =>
        PasswordRules.Problem(password, "Olivia Osborne", "olivia@acme.example").Should().BeNull();
}
