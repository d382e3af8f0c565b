using System.Net;
using CountingKit.Web.Tests.Account;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The file of sign-ins is moved away from a portal that runs.</summary>
public sealed class DatabaseAway(RestoringTheOwner.OnFiles portal) : IClassFixture<RestoringTheOwner.OnFiles>
{
    [Fact]
    public async Task Health_answers_who_is_signed_in_as_it_answers_strangers()
    {
        var (owner, stranger) = (await portal.Owner(), portal.Stranger());
        var vault = Path.Combine(portal.StorageInUse.Database["sqlite:".Length..], "vault.db");
        File.Move(vault, portal.Folder["away"]);
        try
        {
            foreach (var browser in new[] { owner, stranger })
            {
                (await browser.Get("/health/live")).Status.Should().Be(HttpStatusCode.OK, "the process answers");
                var ready = await browser.Get("/health/ready");
                (ready.Status, ready.Text.Contains("\"vault\":\"It cannot be opened.\"", StringComparison.Ordinal))
                    .Should().Be((HttpStatusCode.ServiceUnavailable, true), ready.Text);
            }
        }
        finally
        {
            File.Move(portal.Folder["away"], vault);
        }

        (await owner.Get("/")).Status.Should().Be(HttpStatusCode.OK, "it is back");
    }
}
