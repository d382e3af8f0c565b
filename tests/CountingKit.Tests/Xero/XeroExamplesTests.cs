using System.Text;
using System.Text.Json;
using CountingKit.Adapters.Xero;

namespace CountingKit.Tests.Xero;

/// <summary>
/// Xero's refusals, as published. With <c>COUNTINGKIT_XERO_EXAMPLES</c> they are read from that folder too.
/// </summary>
public sealed class XeroExamplesTests
{
    [Theory]
    [InlineData("""{"Type":null,"Title":"Unauthorized","Status":401,"Detail":"TokenExpired: token expired","Instance":"i-1","Extensions":{}}""", "TokenExpired: token expired", "i-1")]
    [InlineData("""{"title":"Unauthorized","status":401,"detail":"AuthenticationUnsuccessful","instance":"i-2"}""", "AuthenticationUnsuccessful", "i-2")]
    [InlineData("""{"ErrorNumber":10,"Type":"ValidationException","Message":"A validation exception occurred","Elements":[{"ValidationErrors":[{"Message":"Name is taken"},{"Message":"Code is long"}]},null,{"ValidationErrors":null}]}""", "A validation exception occurred Name is taken Code is long", null)]
    [InlineData("""{"ErrorNumber":16,"Type":"QueryParseException","Message":"Unterminated string literal"}""", "Unterminated string literal", null)]
    [InlineData("""{"error":"invalid_grant"}""", "invalid_grant", null)]
    [InlineData("""{"Title":"Forbidden","Detail":null}""", "Forbidden", null)]
    [InlineData("The resource you're looking for cannot be found", "The resource you're looking for cannot be found", null)]
    [InlineData("{ broken", "{ broken", null)]
    [InlineData("{\"Detail\":{\"not\":\"text\"}}", null, null)]
    [InlineData("", null, null)]
    public void A_refusal_is_read_whatever_its_shape(string body, string? text, string? instance) =>
        XeroErrorBody.Parse(Encoding.UTF8.GetBytes(body)).Should().Match<XeroErrorBody>(
            error => error.Text == text && error.Instance == instance);

    [Fact]
    public void A_long_page_is_cut() =>
        XeroErrorBody.Parse(Encoding.UTF8.GetBytes("<html>" + new string('x', 9_000))).Text.Should().HaveLength(500);

    [Theory]
    [InlineData("error.400-query-parse.json", "Unterminated string literal")]
    [InlineData("error.404-not-found.txt", "The resource you're looking for cannot be found")]
    [InlineData("oauth.token-400-invalid-client.json", "invalid_client")]
    [InlineData("oauth.token-400-invalid-grant.json", "invalid_grant")]
    [InlineData("problem.401-authentication-unsuccessful.lowercase.json", "AuthenticationUnsuccessful")]
    [InlineData("problem.401-authorization-unsuccessful.json", "AuthorizationUnsuccessful")]
    [InlineData("problem.401-token-expired.json", "TokenExpired: token expired at 04/09/2023 05:16:59")]
    [InlineData("problem.403-authentication-unsuccessful.json", "AuthenticationUnsuccessful")]
    public void The_published_refusals_are_read(string file, string text) =>
        XeroErrorBody.Parse(Example(file, Spoken(text))).Text.Should().Be(text);

    [Fact]
    public void The_published_token_answer_and_connections_are_read()
    {
        var tokens = TokenAnswer.Read(Example("oauth.token-200.json",
            """{"access_token":"a.b.c","expires_in":1800,"refresh_token":"opaque-refresh-token-1","id_token":"x"}"""))!;
        tokens.ExpiresIn.Should().Be(1800);
        tokens.RefreshToken.Should().Be("opaque-refresh-token-1");

        using var connections = JsonDocument.Parse(Example("connections.two-orgs.json",
            """
            [{"id":"e1eede29-f875-4a5d-8470-17f6a29a88b1","tenantId":"70784a63-d24b-46a9-a4db-0e70a274b056",
            "authEventId":"894f5c8c-3938-416d-966e-8f28fa24d358","tenantType":"ORGANISATION",
            "tenantName":"Fixture Retail Ltd"}]
            """));
        XeroConnection.Of(connections.RootElement[0]).Should().Be(new XeroConnection(
            Guid.Parse("e1eede29-f875-4a5d-8470-17f6a29a88b1"), Guid.Parse("894f5c8c-3938-416d-966e-8f28fa24d358"),
            Guid.Parse("70784a63-d24b-46a9-a4db-0e70a274b056"), "ORGANISATION", "Fixture Retail Ltd"));
    }

    /// <summary>The published file where there is one, else the same shape written here.</summary>
    private static byte[] Example(string file, string otherwise) =>
        Environment.GetEnvironmentVariable("COUNTINGKIT_XERO_EXAMPLES") is { Length: > 0 } folder
            ? File.ReadAllBytes(Path.Combine(folder, "handwritten", file))
            : Encoding.UTF8.GetBytes(otherwise);

    private static string Spoken(string text) => text.StartsWith("invalid_", StringComparison.Ordinal)
        ? $$"""{"error":"{{text}}"}"""
        : $$"""{"Detail":"{{text}}"}""";
}
