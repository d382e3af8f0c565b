using System.IO.Compression;
using CountingKit.Mirror;
using CountingKit.Testing;
using Microsoft.AspNetCore.Http;

namespace CountingKit.Tests.Xero;

/// <summary>Answers that are small on the wire and unpack to more than memory should hold.</summary>
public sealed class XeroLargeAnswersTests : IAsyncLifetime
{
    private const int Megabyte = 1024 * 1024;
    private readonly TempFolder folder = new();
    private FakeXero xero = null!;
    private XeroHouse house = null!;
    private Guid connectionId;

    public async Task InitializeAsync()
    {
        xero = await FakeXero.Start();
        house = new XeroHouse(xero.Address, folder);
        connectionId = await house.Connect(xero);
        xero.Requests.Clear();
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await xero.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_page_ends_at_64_megabytes_unpacked()
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        xero.Accounting = context => Bomb(context, 200, 900);

        (await Failing()).Code.Should().Be("CK-XERO-DOWN-05");

        xero.Requests.Should().HaveCount(2, "once more in the smallest pages, and no more");
        (GC.GetTotalAllocatedBytes(precise: true) - before).Should().BeLessThan(600L * Megabyte);
    }

    [Fact]
    public async Task An_error_is_judged_by_its_status_however_much_it_says()
    {
        xero.Accounting = context => Bomb(context, 503, 200);

        (await Failing()).Code.Should().Be("CK-XERO-DOWN-01");

        await using var db = house.Vault();
        db.Calls.Where(c => c.Status == 503).Should().HaveCount(3).And.OnlyContain(c => c.Bytes == Megabyte);
    }

    [Theory]
    [InlineData("/connect/token")]
    [InlineData("/connections")]
    public async Task Tokens_and_lists_of_connections_end_at_one_megabyte(string path)
    {
        await house.Expire();
        xero.Before = async context =>
        {
            if (context.Request.Path != path) return false;
            await Bomb(context, 200, 2);
            return true;
        };

        var read = () => house.Connections.ReadConnection(connectionId, default);

        (await read.Should().ThrowAsync<SourceException>()).Which.Code.Should().Be("CK-XERO-DOWN-05");
    }

    private static async Task Bomb(HttpContext context, int status, int megabytes)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.ContentEncoding = "gzip";
        await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        var blank = new byte[Megabyte];
        Array.Fill(blank, (byte)' ');
        try
        {
            for (var i = 0; i < megabytes; i++) await packed.WriteAsync(blank, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // Nobody reads on.
        }
    }

    private async Task<SourceException> Failing()
    {
        var read = async () =>
        {
            await foreach (var page in house.Source.ReadPages(connectionId, new("Invoices", null), default))
                page.Records.Should().BeEmpty();
        };
        return (await read.Should().ThrowAsync<SourceException>()).Which;
    }
}
