using CountingKit.Web.Hosting;

namespace CountingKit.Web.Tests.Shell;

/// <summary>What the program is started with: a command, settings of the portal, or neither.</summary>
public sealed class CommandWords
{
    [Theory]
    [InlineData("new-miror")]
    [InlineData("New-Mirror")]
    [InlineData("help")]
    public void A_word_that_is_no_command_is_refused_in_one_line_that_names_the_commands(string word)
    {
        var asked = () => ConsoleCommands.Asked([word, "--urls=http://127.0.0.1:0"]);

        asked.Should().Throw<FormatException>().Which.Message.Should().NotContain("\n")
            .And.Contain("move, move-log, restore-owner, new-keys, new-mirror");
    }

    [Theory]
    [InlineData("--new-mirror")]
    [InlineData("/new-mirror")]
    [InlineData("--urls http://127.0.0.1:0 new-mirror")]
    [InlineData(" new-mirror")]
    [InlineData("--urls=http://127.0.0.1:0 --restore-owner ann@example.com")]
    public void So_is_a_command_that_is_not_the_first_word(string line)
    {
        var asked = () => ConsoleCommands.Asked(line.Split(' '));

        asked.Should().Throw<FormatException>().WithMessage("The command * must be the first word, without - or / before it.");
    }

    [Theory]
    [InlineData("--urls=http://127.0.0.1:0 new-miror")]
    [InlineData(" new-miror")]
    public void So_is_a_word_behind_the_settings(string line)
    {
        var asked = () => ConsoleCommands.Asked(line.Split(' '));

        asked.Should().Throw<FormatException>().WithMessage("There is no command new-miror.*");
    }

    [Theory]
    [InlineData("--new-miror")]
    [InlineData("/new-miror")]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--version")]
    [InlineData("--")]
    [InlineData("-- new-mirror")]
    [InlineData("/ new-mirror")]
    [InlineData("--restore-ownr olivia@example.com")]
    [InlineData("--urls=http://127.0.0.1:0 --new-miror")]
    [InlineData("--urls http://127.0.0.1:0 --help")]
    [InlineData("--new-miror --urls=http://127.0.0.1:0")]
    [InlineData("-h http://127.0.0.1:0")]
    public void So_is_a_word_with_dashes_that_is_no_setting_with_a_value(string line)
    {
        var asked = () => ConsoleCommands.Asked(line.Split(' '));

        asked.Should().Throw<FormatException>().Which.Message.Should().NotContain("\n")
            .And.Contain("is no command and no setting with its value")
            .And.Contain("move, move-log, restore-owner, new-keys, new-mirror");
    }

    [Fact]
    public void One_with_a_single_dash_is_refused_without_its_value()
    {
        var asked = () => ConsoleCommands.Asked(["-Portal:OwnerPassword=correct"]);

        asked.Should().Throw<FormatException>().Which.Message.Should().StartWith("-Portal:OwnerPassword is no ")
            .And.NotContain("correct");
    }

    [Theory]
    [InlineData("new-miror")]
    [InlineData("--help")]
    public async Task No_portal_is_started_for_it(string word) => (await ConsoleCommands.Run([word])).Should().Be(1);

    [Theory]
    [InlineData("")]
    [InlineData("--urls=http://127.0.0.1:0")]
    [InlineData("--urls http://127.0.0.1:0")]
    [InlineData("/urls=http://127.0.0.1:0")]
    [InlineData("Database:ConnectionString=sqlite:data")]
    [InlineData("--Sandbox:Enabled=true urls=http://127.0.0.1:0")]
    [InlineData("--Mirror:Path new-mirror --Keys:Path /new-keys")]
    public async Task Without_a_word_or_with_settings_the_portal_is_started(string line) =>
        (await ConsoleCommands.Run(line.Split(' '))).Should().BeNull();

    [Theory]
    [InlineData("move")]
    [InlineData("move-log")]
    [InlineData("restore-owner")]
    [InlineData("new-keys")]
    [InlineData("new-mirror")]
    public void A_command_is_known_by_its_name(string word) => ConsoleCommands.Asked([word]).Should().NotBeNull();
}
