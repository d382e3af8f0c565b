using System.Net.Sockets;
using System.Text;

namespace CountingKit.Web.Tests.Security;

/// <summary>Addresses byte by byte, as no browser sends them, to a portal on a real port.</summary>
public sealed class AddressesAsSent(RequestsThatWait.Listening listening) : IClassFixture<RequestsThatWait.Listening>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("/%00")]
    [InlineData("/runs/%00")]
    [InlineData("/sign-in%00")]
    [InlineData("/error/%00")]
    [InlineData("/lib/%00.css")]
    [InlineData("/api/v1/runs/%00")]
    [InlineData("/api/v1/runs?exporter=%00")]
    [InlineData("/sign-in?returnTo=%00")]
    [InlineData("/sign-in?%00")]
    [InlineData("/connections/xero/callback?code=%00&state=%00")]
    [InlineData("/connections/xero/problem/%00")]
    [InlineData("/runs/\0")]
    [InlineData("/sign-in?returnTo=\0")]
    [InlineData("/%")]
    [InlineData("/%c0%af")]
    [InlineData("/runs/%ed%a0%80")]
    [InlineData("/runs/\u00e9")]
    public async Task Nothing_that_is_no_address_is_a_mistake_of_ours_or_tells_of_one(string target)
    {
        var answer = await Ask(target);

        answer.Should().MatchRegex("^HTTP/1\\.1 (302|400|401|404|422) ");
        answer.Should().NotContain("Exception").And.NotContain("   at ").And.NotContain("\0");
        listening.Output.Should().NotContain("Exception").And.NotContain("\0");
    }

    /// <returns>The whole answer.</returns>
    private async Task<string> Ask(string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", listening.Address.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: {listening.Address.Authority}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync().WaitAsync(Patience);
    }
}
