using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using CountingKit.Adapters.Database;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Vault;
using CountingKit.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The mirror's folder is away while the portal runs.</summary>
public sealed class MirrorAway(RestoringTheOwner.OnFiles portal) : IClassFixture<RestoringTheOwner.OnFiles>
{
    [Fact]
    public async Task Health_names_the_setting_until_it_is_back_or_somebody_asks_for_a_new_one()
    {
        using var http = portal.CreateClient();
        var (mirror, elsewhere) = (portal.Folder["mirror"], portal.Folder["elsewhere"]);
        Directory.Move(mirror, elsewhere);
        Directory.CreateDirectory(mirror); // What is left of it where the disk was mounted.

        (await Told(http)).Should().Contain("Mirror__Path").And.Contain("CK-STORE-18").And.NotContain(mirror);
        Directory.EnumerateFileSystemEntries(mirror).Should().BeEmpty();
        Directory.Delete(mirror);
        Directory.Move(elsewhere, mirror);
        (await Told(http)).Should().Be("Healthy");

        Directory.Delete(mirror, recursive: true);
        (await Told(http)).Should().Contain("CK-STORE-18");
        var (exit, output, _) = await portal.Run("new-mirror");
        exit.Should().Be(0);
        output.Should().Contain("is the mirror now");
        (await Told(http)).Should().Be("Healthy");
        (await portal.Run("new-mirror")).Output.Should().Contain("is the mirror already");
    }

    [Fact]
    public async Task Health_says_why_a_folder_that_is_there_is_not_used()
    {
        using var http = portal.CreateClient();
        var mark = Path.Combine(portal.Folder["mirror"], "installation.id");
        var id = await File.ReadAllTextAsync(mark);

        using (File.Open(mark, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            (await Told(http)).Should().Be(
                "Runs wait. The folder of Mirror__Path cannot be read: the disk reports an error on its file installation.id, "
                + "or another program has it open (CK-STORE-18).");
        await File.WriteAllTextAsync(mark, "no id");
        (await Told(http)).Should().Be(
            "Runs wait. The folder of Mirror__Path has a damaged installation.id file: it does not contain an installation ID "
            + "(CK-STORE-18).");
        await File.WriteAllTextAsync(mark, id);
        (await Told(http)).Should().Be("Healthy");
    }

    [Fact]
    public async Task Health_answers_while_the_folder_does_not()
    {
        if (OperatingSystem.IsWindows()) return;
        using var http = portal.CreateClient();
        var (mark, kept) = (Path.Combine(portal.Folder["mirror"], "installation.id"), portal.Folder["installation.id"]);
        File.Copy(mark, kept);
        try
        {
            File.Delete(mark);
            using (var pipe = Process.Start("mkfifo", [mark])) await pipe.WaitForExitAsync();
            foreach (var _ in Enumerable.Range(0, 2))
                (await Told(http)).Should().Be(
                    "Runs wait. The folder of Mirror__Path does not answer, or the database does not (CK-STORE-18).");

            var mirror = portal.Services.GetRequiredService<IMirror>();
            mirror.Invoking(it => it.Require()).Should().Throw<FolderGoneException>("pages and runs wait no longer")
                .WithMessage("*does not answer*");
            var (exit, _, complaints) = await portal.Run("new-mirror");
            (exit, complaints.Trim()).Should().Be((1, $"Mirror__Path cannot be used: The folder {portal.Folder["mirror"]} "
                + "does not answer, or the database does not."));
        }
        finally
        {
            // Whoever reads the pipe goes on, and whoever looks next finds the file.
            var id = await File.ReadAllBytesAsync(kept);
            await using var pipe = new FileStream(mark, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            File.Move(kept, mark, overwrite: true);
            await pipe.WriteAsync(id);
        }

        // The look that was silent ends a moment later.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await Told(http) != "Healthy") await Task.Delay(50, patience.Token);
    }

    [Theory]
    [InlineData("Keys__Path", "occupied")]
    [InlineData("Mirror__MemoryLimit", "lots")]
    public async Task Where_another_setting_is_wrong_a_start_makes_no_database(string setting, string value)
    {
        await File.WriteAllTextAsync(portal.Folder["occupied"], "a file where a folder should be");
        var missing = portal.Folder[$"missing beside {setting}"];

        var (exit, _, complaints) = await portal.RunWith(
            new() { ["Database__ConnectionString"] = $"sqlite:{missing}", [setting] = value });

        exit.Should().Be(1);
        complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle()
            .Which.Should().StartWith(setting);
        Directory.Exists(missing).Should().BeFalse();
    }

    [Fact]
    public async Task Of_one_whose_mark_cannot_be_read_the_command_says_so_in_one_line()
    {
        using var held = File.Open(
            Path.Combine(portal.Folder["mirror"], "installation.id"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var (exit, _, complaints) = await portal.Run("new-mirror");

        exit.Should().Be(1);
        complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle()
            .Which.Should().StartWith("Mirror__Path cannot be used").And.Contain("cannot be read");
    }

    [Fact]
    public async Task A_database_that_was_there_before_stays_although_no_portal_was_started_on_it()
    {
        var older = portal.Folder["older"];
        await using (var made = new ServiceCollection().AddDatabase($"sqlite:{older}", older).BuildServiceProvider())
            made.GetRequiredService<IDbContextFactory<VaultDb>>(); // Who has it gives up its use.

        var (exit, _, _) = await portal.RunWith(new() { ["Database__ConnectionString"] = $"sqlite:{older}" }, "new-mirror");

        exit.Should().Be(1);
        File.Exists(Path.Combine(older, "vault.db")).Should().BeTrue();
    }

    /// <summary>What the health page says of the mirror.</summary>
    private static async Task<string> Told(HttpClient http)
    {
        using var answer = await http.GetAsync("/health/ready");
        answer.StatusCode.Should().Be(HttpStatusCode.OK, "pages are served without it");
        var health = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var mirror = health["checks"]!["mirror"]!.GetValue<string>();
        if (mirror != "Healthy") health["status"]!.GetValue<string>().Should().Be("Degraded");
        return mirror;
    }
}
