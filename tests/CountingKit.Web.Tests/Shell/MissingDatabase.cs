using CountingKit.Web.Tests.Account;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The program's commands before the database is restored.</summary>
public sealed class MissingDatabase(RestoringTheOwner.OnFiles portal) : IClassFixture<RestoringTheOwner.OnFiles>
{
    [Theory]
    [InlineData("new-mirror", null)]
    [InlineData("new-keys", null)]
    [InlineData("restore-owner olivia@example.com", null)]
    [InlineData("move-log --from sqlite:old.db", "esdb://127.0.0.1:1?tls=false")]
    [InlineData("move --log sqlite:old.db", "esdb://127.0.0.1:1?tls=false")]
    public async Task A_command_refuses_in_one_line_and_puts_nothing_in_its_place(string command, string? log)
    {
        var missing = portal.Folder["missing"];
        Dictionary<string, string?> settings = new()
        {
            ["Database__ConnectionString"] = $"sqlite:{missing}", ["Keys__Path"] = portal.Folder["no-keys"],
        };
        if (log is not null) settings["EventStore__ConnectionString"] = log;

        var (exit, output, complaints) = await portal.RunWith(settings, command.Split(' '));

        exit.Should().Be(1);
        output.Should().BeEmpty();
        complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle()
            .Which.Should().StartWith("Database__ConnectionString names a database that no portal was started on");
        Directory.Exists(missing).Should().BeFalse("a backup is put back onto an empty place");
        Directory.Exists(portal.Folder["no-keys"]).Should().BeFalse("so are the keys");
    }
}
