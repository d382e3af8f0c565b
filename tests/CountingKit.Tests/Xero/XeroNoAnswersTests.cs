using System.Globalization;
using CountingKit.Mirror;
using CountingKit.Testing;
using Microsoft.AspNetCore.Http;

namespace CountingKit.Tests.Xero;

/// <summary>What comes in the place of a page, once or for ever: a proxy's page, half an answer, a way to somewhere else.</summary>
public sealed class XeroNoAnswersTests : IAsyncLifetime
{
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

    [Theory]
    [InlineData(200, "<html>Maintenance</html>")]
    [InlineData(200, "")]
    [InlineData(204, "")]
    [InlineData(200, """{"Invoices":[{"Invo""")]
    [InlineData(200, """{"Id":"x","Status":"OK"}""")]
    [InlineData(302, "")]
    [InlineData(404, "The resource you're looking for cannot be found")]
    [InlineData(408, "")]
    [InlineData(409, "")]
    [InlineData(425, "")]
    public async Task In_the_place_of_page_two_it_is_asked_for_again(int status, string body)
    {
        var isOver = false;
        xero.Accounting = context =>
        {
            if (Number(context) != 2 || isOver) return Page(context);
            isOver = true;
            return Odd(context, status, body);
        };

        (await Read()).Should().HaveCount(3).And.OnlyHaveUniqueItems();
        xero.Requests.Where(r => r.Path.StartsWith("/api.xro", StringComparison.Ordinal)).Should().HaveCount(4)
            .And.NotContain(r => r.Path.Contains("maintenance"), "nobody is followed anywhere");
    }

    [Theory]
    [InlineData(200, "<html>Maintenance</html>", "CK-XERO-DOWN-02")]
    [InlineData(204, "", "CK-XERO-DOWN-02")]
    [InlineData(302, "", "CK-XERO-DOWN-01")]
    [InlineData(404, "", "CK-XERO-DOWN-01")]
    [InlineData(425, "", "CK-XERO-DOWN-01")]
    public async Task For_ever_it_ends_after_a_few_tries(int status, string body, string code)
    {
        xero.Accounting = context => Odd(context, status, body);

        var read = () => Read();

        (await read.Should().ThrowAsync<SourceException>()).Which.Code.Should().Be(code);
        xero.Requests.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("/Date(253402300799999)/")]
    [InlineData("/Date({a year ahead})/")]
    [InlineData("/Date(-62135596800000)/")]
    [InlineData("soon")]
    public async Task A_clock_that_is_none_gives_a_moment_that_is_past(string clock)
    {
        var ahead = TimeProvider.System.GetUtcNow().AddDays(365).ToUnixTimeMilliseconds();
        var told = clock.Replace("{a year ahead}", ahead.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        xero.Accounting = context => FakeXero.Json(context, $$"""{"DateTimeUTC":"{{told}}","Invoices":[]}""");
        var before = TimeProvider.System.GetUtcNow();

        await foreach (var page in house.Source.ReadPages(connectionId, new("Invoices", null), default))
            page.SourceTime.Should().BeBefore(TimeProvider.System.GetUtcNow()).And.BeCloseTo(before, TimeSpan.FromMinutes(1));
    }

    private static int Number(HttpContext context) =>
        int.Parse(context.Request.Query["page"].ToString(), CultureInfo.InvariantCulture);

    private static Task Page(HttpContext context)
    {
        var number = Number(context);
        return FakeXero.Json(context, $$"""
            {"pagination":{"page":{{number}},"pageSize":1,"pageCount":3,"itemCount":3},
            "Invoices":[{"InvoiceID":"00000000-0000-4000-8000-00000000000{{number}}"}]}
            """);
    }

    private static Task Odd(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        if (status == 302) context.Response.Headers.Location = "/api.xro/2.0/maintenance";
        return status == 204 ? Task.CompletedTask : context.Response.WriteAsync(body);
    }

    private async Task<List<string>> Read()
    {
        List<string> keys = [];
        await foreach (var page in house.Source.ReadPages(connectionId, new("Invoices", null), default))
            keys.AddRange(page.Records.Select(r => r.Key));
        return keys;
    }
}
