using System.Text.Json.Nodes;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

/// <summary>Google's own clients (npm <c>@googleapis/sheets</c>, <c>@googleapis/drive</c>) as the judge of the stand-in.</summary>
public sealed class GoogleNodeSdk(GoogleSandbox google) : IClassFixture<GoogleSandbox>
{
    [Fact]
    public async Task They_sign_in_refresh_write_read_back_and_are_refused()
    {
        var sandbox = google.Process;

        var seen = await NodeScript.Run("google.mjs", sandbox.Google.ToString(), sandbox.Control.Address.ToString());

        const string stored = """[["0090","=1+1","<b>",12.34],["2024-01-31",true,"",45322]]""";
        Same(seen["raw"], stored);
        Same(seen["formulas"], stored);
        Same(seen["shown"], """[["0090","=1+1","<b>","12.34"],["2024-01-31","TRUE","","45,322.00"]]""");
        Same(seen["tabs"], """["Bill's / 50%"]""");
        Same(seen["file"], """
            {"name":"Made by the SDK","mimeType":"application/vnd.google-apps.spreadsheet","capabilities":{"canEdit":true}}
            """);
        Same(seen["listed"], """["Made by the SDK"]""");
        Same(seen["byMachine"], """[["by the service account"]]""");
        ((string)seen["person"]!, (string)seen["found"]!).Should().Be((GoogleApp.Dana, "run-1"));

        Refusal("badRange").Should().Be((400, "Unable to parse range: Nowhere!A1"));
        Refusal("badBatch").Should().Be((400, "Invalid requests[0].deleteSheet: No grid with id: 99"));
        Refusal("hidden").Should().Be((404, "Requested entity was not found."));
        Refusal("unshared").Should().Be((403, "The caller does not have permission"));
        Refusal("cannotCreate").Should().Be((403, "The caller does not have permission"));
        Refusal("revoked").Status.Should().Be(401);
        Refusal("notRenewed").Should().Be((400, "invalid_grant"));

        (int Status, string Message) Refusal(string name) => ((int)seen[name]!["status"]!, (string)seen[name]!["message"]!);
    }

    private static void Same(JsonNode? seen, string expected) =>
        JsonNode.DeepEquals(seen, JsonNode.Parse(expected)).Should().BeTrue($"it was {seen?.ToJsonString()}");
}
