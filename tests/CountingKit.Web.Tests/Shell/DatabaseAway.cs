using System.Net;
using CountingKit.Web.Tests.Account;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The file of sign-ins is moved away from a portal that runs, and another is put in its place.</summary>
public sealed class DatabaseAway(RestoringTheOwner.OnFiles portal) : IClassFixture<RestoringTheOwner.OnFiles>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Health_answers_who_is_signed_in_as_it_answers_strangers(bool isReplaced)
    {
        if (isReplaced && OperatingSystem.IsWindows()) return; // It replaces no file that is open.
        var (owner, stranger) = (await portal.Owner(), portal.Stranger());
        var vault = Path.Combine(portal.StorageInUse.Database["sqlite:".Length..], "vault.db");
        File.Copy(vault, portal.Folder["other"], overwrite: true);
        File.Move(vault, portal.Folder["away"]);
        if (isReplaced) File.Move(portal.Folder["other"], vault);
        try
        {
            foreach (var browser in new[] { owner, stranger })
            {
                (await browser.Get("/health/live")).Status.Should().Be(HttpStatusCode.OK, "the process answers");
                var ready = await browser.Get("/health/ready");
                ready.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
                ready.Text.Should().Contain(
                    "\"vault\":\"It is gone, or is not the one that this portal began with. Read the portal\u0027s log before you restart it. CK-STORE-18.\"");
            }
        }
        finally
        {
            File.Move(portal.Folder["away"], vault, overwrite: true);
        }

        (await owner.Get("/")).Status.Should().Be(HttpStatusCode.OK, "it is back");
    }
}
