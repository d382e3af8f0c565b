using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using CountingKit.Testing.Portal;
using CountingKit.Testing.Storage;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Account;

public sealed class RestoringTheOwner(RestoringTheOwner.OnFiles portal) : IClassFixture<RestoringTheOwner.OnFiles>
{
    private const string Next = "seventeen quiet lamps";

    [Fact]
    public async Task Beside_the_sandbox_the_command_looks_where_the_portal_keeps_its_data_then()
    {
        Directory.CreateDirectory(portal.Folder["data/sandbox"]);
        Directory.CreateSymbolicLink(
            portal.Folder["data/sandbox/portal"], portal.StorageInUse.Database["sqlite:".Length..]);

        var (exit, output, _) = await portal.RunWith(
            new()
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["EventStore__ConnectionString"] = null,
                ["Database__ConnectionString"] = null,
                ["Mirror__Path"] = null,
            },
            "restore-owner", PortalFactory.OwnerEmail);

        exit.Should().Be(0);
        output.Should().MatchRegex("[A-Z0-9-]{39}");
    }

    [Fact]
    public async Task The_page_of_the_sign_in_leads_there()
    {
        var page = await portal.Stranger().Get("/sign-in");

        page.Document.QuerySelectorAll("main a, .card a").Select(a => a.GetAttribute("href")).Should().Contain("/restore");
    }

    [Theory]
    [InlineData("nobody@example.com")]
    [InlineData(null)]
    public async Task The_command_says_in_one_line_what_is_wrong(string? email)
    {
        var (exit, output, complaints) = await portal.Run(email is null ? ["restore-owner"] : ["restore-owner", email]);

        exit.Should().Be(1);
        output.Should().BeEmpty();
        complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().ContainSingle();
    }

    [Fact]
    public async Task A_member_who_is_no_owner_gets_no_code()
    {
        var (_, email) = await portal.Joined(Messaging.Role.Admin);
        await using var scope = portal.Services.CreateAsyncScope();

        var asked = () => scope.ServiceProvider.GetRequiredService<OwnerRestoration>().NewCode(email, default);

        (await asked.Should().ThrowAsync<EventSourcing.RefusedException>()).Which.Code.Should().Be("CK-SETUP-03");
    }

    [Fact]
    public async Task A_wrong_code_and_a_common_password_change_nothing()
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var code = await scope.ServiceProvider.GetRequiredService<OwnerRestoration>().NewCode(PortalFactory.OwnerEmail, default);
        var browser = portal.Stranger();
        var page = await browser.Get("/restore");

        var wrong = await browser.Submit(page.Form(), ("Code", OwnerCode.New()), ("Password", Next), ("Again", Next));
        var common = await browser.Submit(
            page.Form(), ("Code", code), ("Password", "olivia2026olivia"), ("Again", "olivia2026olivia"));

        wrong.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        wrong.Text.Should().Contain("CK-SETUP-04");
        common.Status.Should().Be(HttpStatusCode.UnprocessableEntity);
        common.Text.Should().Contain("made of common words").And.NotContain(code);
        await portal.Owner();
    }

    /// <summary>A portal, and the program's commands on its data.</summary>
    public sealed class OnFiles : PortalFactory
    {
        public OnFiles() => Storage = StorageKind.Sqlite;

        public Task<(int Exit, string Output, string Complaints)> Run(params string[] arguments) => RunWith([], arguments);

        /// <param name="settings">Of the environment; null takes one away.</param>
        public async Task<(int Exit, string Output, string Complaints)> RunWith(
            Dictionary<string, string?> settings, params string[] arguments)
        {
            var start = await PublishedPortal.Program(arguments);
            start.WorkingDirectory = Folder.Path;
            start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
            start.Environment["ASPNETCORE_CONTENTROOT"] = Folder.Path;
            start.Environment["EventStore__ConnectionString"] = StorageInUse.EventStore;
            start.Environment["Database__ConnectionString"] = StorageInUse.Database;
            start.Environment["Mirror__Path"] = Folder["mirror"];
            start.Environment["Keys__Path"] = Folder["keys"];
            foreach (var (name, value) in settings) start.Environment[name] = value;
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var complaints = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, complaints);
        }
    }
}

/// <summary>On a portal of its own: its owner has another password afterwards.</summary>
public sealed class RestoredOwner(RestoringTheOwner.OnFiles portal) : IClassFixture<RestoringTheOwner.OnFiles>
{
    private const string Next = "seventeen quiet lamps";

    [Fact]
    public async Task The_command_prints_a_code_that_sets_a_new_password_once_and_ends_all_sessions()
    {
        var before = await portal.Owner();
        var (exit, output, _) = await portal.Run("restore-owner", PortalFactory.OwnerEmail);
        exit.Should().Be(0);
        var code = Regex.Match(output, "[A-Z0-9-]{39}").Value;
        var browser = portal.Stranger();
        var page = await browser.Get("/restore");

        var answer = await browser.Submit(page.Form(), ("Code", code), ("Password", Next), ("Again", Next));
        var again = await portal.Stranger().Get("/restore");
        var second = await browser.Submit(again.Form(), ("Code", code), ("Password", Next), ("Again", Next));

        answer.Location.Should().Be("/");
        (await browser.Get("/test/fine")).Status.Should().Be(HttpStatusCode.OK);
        (await before.Get("/test/fine")).Location.Should().StartWith("/sign-in");
        second.Status.Should().NotBe(HttpStatusCode.Redirect);
        await portal.Logged<OwnerRestored>();
        await portal.SignedIn(PortalFactory.OwnerEmail, Next);
    }
}
