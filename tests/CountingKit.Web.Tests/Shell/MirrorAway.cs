using System.Net;
using CountingKit.Web.Tests.Account;

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
        (await http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);

        Directory.Delete(mirror, recursive: true);
        (await Told(http)).Should().Contain("CK-STORE-18");
        var (exit, output, _) = await portal.Run("new-mirror");
        exit.Should().Be(0);
        output.Should().Contain("is the mirror now");
        (await http.GetAsync("/health/ready")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await portal.Run("new-mirror")).Output.Should().Contain("is the mirror already");
    }

    private static async Task<string> Told(HttpClient http)
    {
        using var answer = await http.GetAsync("/health/ready");
        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        return await answer.Content.ReadAsStringAsync();
    }
}
