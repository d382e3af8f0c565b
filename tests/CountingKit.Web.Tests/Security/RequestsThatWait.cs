using System.Net.Sockets;
using System.Text;
using CountingKit.Testing.Portal;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Web.Tests.Security;

/// <summary>Connections to a portal on a real port: one that sends slowly, one that does not say how much it sends, and very many.</summary>
public sealed class RequestsThatWait(RequestsThatWait.Listening listening) : IClassFixture<RequestsThatWait.Listening>
{
    private const int MostConnections = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_form_that_does_not_come_to_its_end_is_given_up_with_408()
    {
        using var browser = await Connect();

        await Send(browser, "POST /sign-in HTTP/1.1\r\n{0}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nEmail=");

        (await Line(browser)).Should().StartWith("HTTP/1.1 408");
    }

    [Theory]
    [InlineData(33)]
    [InlineData(300)]
    public async Task A_form_that_does_not_say_how_long_it_is_is_refused_where_it_becomes_too_long(int kilobytes)
    {
        var form = "Email=" + new string('a', kilobytes * 1024);
        using var browser = await Connect();

        await Send(
            browser, "POST /sign-in HTTP/1.1\r\n{0}Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"{form.Length:x}\r\n{form}\r\n0\r\n\r\n");

        (await Line(browser)).Should().StartWith("HTTP/1.1 413");
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_and_when_another_goes_there_is_room_again()
    {
        var crowd = new List<TcpClient>();
        try
        {
            while (crowd.Count < MostConnections) crowd.Add(await Connect());
            // Of those that came first some may have been idle for too long on a busy machine: then there is room for a few more.
            for (var late = await Connect(); !await IsClosed(late); late = await Connect())
            {
                crowd.Add(late);
                crowd.Count.Should().BeLessThan(2 * MostConnections, "one too many is closed without an answer");
            }
        }
        finally
        {
            foreach (var one in crowd) one.Dispose();
        }

        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            using var next = await Connect();
            await Send(next, "GET /health/live HTTP/1.1\r\n{0}\r\n");
            if ((await Line(next)).StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) return;
            await Task.Delay(100, patience.Token);
        }
    }

    private async Task<TcpClient> Connect()
    {
        var client = new TcpClient();
        await client.ConnectAsync("localhost", listening.Address.Port);
        return client;
    }

    /// <param name="request">With a place for the host's line.</param>
    private async Task Send(TcpClient client, string request)
    {
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                request.Replace("{0}", $"Host: {listening.Address.Authority}\r\n", StringComparison.Ordinal)));
        }
        catch (IOException)
        {
            // Closed already: what is read tells.
        }
    }

    private static async Task<bool> IsClosed(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(5)) == 0;
        }
        catch (IOException)
        {
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <returns>The answer's first line; empty = the connection was closed.</returns>
    private static async Task<string> Line(TcpClient client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
            return await reader.ReadLineAsync().WaitAsync(Patience) ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    public sealed class Listening : IAsyncLifetime
    {
        private SandboxProcess sandbox = null!;
        private PortalProcess portal = null!;

        public Uri Address => portal.Address;

        /// <summary>What the portal has written so far.</summary>
        public string Output => portal.Output;

        public async Task InitializeAsync()
        {
            sandbox = await SandboxProcess.Start("--Organizations=1", "--Invoices=3", "--Limits=off");
            portal = await PortalProcess.Start(sandbox);
        }

        public async Task DisposeAsync()
        {
            await portal.DisposeAsync();
            await sandbox.DisposeAsync();
        }
    }
}
