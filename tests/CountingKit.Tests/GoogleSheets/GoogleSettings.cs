using System.Security.Cryptography;
using CountingKit.Adapters.GoogleSheets;
using CountingKit.Spreadsheets;
using Microsoft.Extensions.Hosting.Internal;

namespace CountingKit.Tests.GoogleSheets;

public sealed class GoogleSettings : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ck-google-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Nothing_set_is_fine() => Problem(new()).Should().BeNull();

    [Fact]
    public void Half_a_client_is_refused_by_the_name_of_the_missing_half()
    {
        Problem(new() { ClientId = "x" }).Should().Be("Google__ClientSecret is missing: Google__ClientId is set.");
        Problem(new() { ClientSecret = "x" }).Should().Be("Google__ClientId is missing: Google__ClientSecret is set.");
    }

    [Theory]
    [InlineData("http://sheets.example.com/", "Google__SheetsUrl is plain http: that is only allowed to this machine itself. Use https.")]
    [InlineData("sheets", "Google__SheetsUrl is not an http or https address.")]
    [InlineData("ftp://x/", "Google__SheetsUrl is not an http or https address.")]
    [InlineData("https://x/?a=1", "Google__SheetsUrl must be an address without name, query or fragment.")]
    public void An_address_that_will_not_do_is_refused(string url, string expected) =>
        Problem(new() { SheetsUrl = url }).Should().Be(expected);

    [Theory]
    [InlineData("http://127.0.0.1:5002")]
    [InlineData("http://localhost:5002/")]
    [InlineData("https://sheets.example.com/base")]
    public void Loopback_or_https_will_do_and_the_last_slash_is_added(string url)
    {
        var options = new GoogleOptions { SheetsUrl = url, DriveUrl = url };

        Problem(options).Should().BeNull();
        options.SheetsBase.Should().Be(url.TrimEnd('/') + "/");
        options.DriveBase.Should().Be(url.TrimEnd('/') + "/drive/v3/");
    }

    [Fact]
    public void A_scope_that_reaches_further_is_refused() =>
        Problem(new() { Scopes = "drive" }).Should().StartWith("Google__Scopes: https://www.googleapis.com/auth/drive is not");

    [Fact]
    public void A_service_account_file_that_is_missing_is_named() =>
        Problem(new() { ServiceAccountFile = "key.json" }).Should()
            .Be($"Google__ServiceAccountFile: there is no file {Path.Combine(folder.FullName, "key.json")}.");

    [Fact]
    public void A_key_for_another_token_address_stops_the_start()
    {
        using var rsa = RSA.Create(2048);
        File.WriteAllText(Path.Combine(folder.FullName, "key.json"), GoogleSignIns.KeyJson(rsa, "https://evil.example/token"));

        var problem = Problem(new() { ServiceAccountFile = "key.json" });

        problem.Should().StartWith("Google__ServiceAccountFile: The key names a token address that is not Google's");
    }

    [Theory]
    [InlineData("not json", "it is not JSON.")]
    [InlineData("[]", "it is not a JSON object.")]
    [InlineData("""{"installed":{}}""", "its type is not service_account. An OAuth client's file is something else.")]
    [InlineData("""{"type":"service_account"}""", "it has no client_email.")]
    [InlineData("""{"type":"service_account","client_email":"a@b","token_uri":"https://oauth2.googleapis.com/token"}""",
        "it has no private_key in PEM.")]
    [InlineData(
        """
        {"type":"service_account","client_email":"a@b","token_uri":"https://oauth2.googleapis.com/token",
         "private_key":"-----BEGIN PRIVATE KEY-----\nMIIsecret\n-----END PRIVATE KEY-----"}
        """, "its private_key cannot be read.")]
    public void What_is_not_a_key_is_refused_without_quoting_it(string json, string why)
    {
        var parse = () => ServiceAccountKey.Parse(json, new());

        var refused = parse.Should().Throw<SpreadsheetException>().Which;
        refused.Message.Should().Be($"This is not a service account's key: {why}");
        refused.ToString().Should().NotContain("MIIsecret");
    }

    [Fact]
    public void Printing_settings_shows_no_secret() =>
        new GoogleOptions { ClientId = "x", ClientSecret = "hush" }.ToString().Should().NotContain("hush");

    private string? Problem(GoogleOptions options) => new GoogleOptionsCheck(
        new HostingEnvironment { ContentRootPath = folder.FullName }).Validate(null, options).FailureMessage;
}
