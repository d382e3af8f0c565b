using System.Globalization;
using System.Text;
using CountingKit.Mirror;
using CountingKit.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Tests.Xero;

[Trait("Speed", "Slow")]
public sealed class XeroPagesTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly List<string> keys = [];
    private FakeXero xero = null!;
    private XeroHouse house = null!;
    private Guid connectionId;
    private int pageSize = 10;

    public async Task InitializeAsync()
    {
        xero = await FakeXero.Start();
        house = new XeroHouse(xero.Address, folder);
        connectionId = await house.Connect(xero);
        xero.Requests.Clear();
        xero.Accounting = Page;
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await xero.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Pages_come_in_order_each_once_though_later_ones_answer_first()
    {
        Fill(95);
        xero.Accounting = async context =>
        {
            if (Number(context) is 2 or 6) await WaitUntil(() => Number(context) + 2 <= Highest());
            await Page(context);
        };

        var pages = await Read();

        pages.Select(p => p.Number).Should().Equal(Enumerable.Range(1, 10));
        pages.SelectMany(p => p.Keys).Should().Equal(keys);
        pages.Should().OnlyContain(p => p.ItemCount == 95 && p.PageCount == 10);
        xero.Requests.Should().HaveCount(10);
    }

    [Fact]
    public async Task Page_one_is_read_alone_and_at_most_four_at_once_after_it()
    {
        Fill(120);
        var (now, most, first) = (0, 0, true);
        var gate = new Lock();
        xero.Accounting = async context =>
        {
            lock (gate)
            {
                now++;
                if (Number(context) == 1) first = now == 1;
                most = Math.Max(most, now);
            }

            if (Number(context) > 1) await WaitUntil(() => Volatile.Read(ref most) == 4);
            lock (gate) now--;
            await Page(context);
        };

        await Read();

        (first, most).Should().Be((true, 4));
    }

    [Fact]
    public async Task The_first_page_asks_for_everything_in_a_lasting_order()
    {
        Fill(1);
        await Read();

        xero.Requests.Single().Query.Should().Be(
            "?page=1&pageSize=1000&order=InvoiceID%20ASC&unitdp=4&includeArchived=true");
        xero.Requests.Single().Headers.Should().NotContainKey("If-Modified-Since");
    }

    [Fact]
    public async Task Changes_since_are_asked_for_in_UTC_to_the_second()
    {
        var runId = Guid.CreateVersion7();
        Fill(1);
        var since = new DateTimeOffset(2026, 11, 22, 13, 5, 9, 700, TimeSpan.FromHours(13));
        await foreach (var page in house.Source.ReadPages(connectionId, new("Invoices", since, runId), default))
            page.Number.Should().Be(1);

        xero.Requests.Single().Headers["If-Modified-Since"].Should().Be("2026-11-22T00:05:09");
        await using var db = house.Vault();
        (await db.Calls.CountAsync(c => c.RunId == runId)).Should().Be(1);
    }

    [Fact]
    public async Task A_page_that_opens_while_we_read_is_read_too()
    {
        Fill(20);
        xero.Accounting = async context =>
        {
            if (Number(context) == 2) Fill(5);
            await Page(context);
        };

        (await Read()).SelectMany(p => p.Keys).Should().Equal(keys).And.HaveCount(25);
    }

    [Fact]
    public async Task How_many_there_are_is_what_the_first_page_said()
    {
        Fill(25);
        xero.Accounting = async context =>
        {
            if (Number(context) > 1) Fill(1);
            await Page(context);
        };

        var pages = await Read();

        pages.Should().OnlyContain(p => p.ItemCount == 25);
        pages.Sum(p => p.Keys.Count).Should().BeGreaterThan(25);
    }

    [Theory]
    [InlineData("null", 2)]
    [InlineData("""{"page":1,"pageSize":1000,"pageCount":2000000000,"itemCount":1200}""", 5)]
    public async Task Pages_that_bring_the_same_records_in_another_order_end_it(string pages, int most)
    {
        Fill(1_200);
        var random = new Random(18);
        xero.Accounting = context =>
        {
            var shuffled = keys.ToArray();
            lock (random) random.Shuffle(shuffled);
            return FakeXero.Json(context, Body(shuffled, pages));
        };

        (await Read()).SelectMany(p => p.Keys).Order().Should().Equal(keys.Order());
        xero.Requests.Count.Should().BeInRange(2, most, "a page, and what was read ahead where its number was told");
    }

    [Fact]
    public async Task More_records_than_its_pages_could_hold_are_looked_for_in_further_pages()
    {
        Fill(25);
        xero.Accounting = context => FakeXero.Json(context, Body(
            keys.Skip((Number(context) - 1) * 10).Take(10),
            """{"page":1,"pageSize":1000,"pageCount":1,"itemCount":25}"""));

        (await Read()).SelectMany(p => p.Keys).Should().Equal(keys);
        xero.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_page_that_empties_while_we_read_ends_it()
    {
        Fill(30);
        xero.Accounting = async context =>
        {
            await Page(context);
            if (Number(context) == 1) keys.RemoveRange(10, 20);
        };

        (await Read()).Select(p => p.Number).Should().Equal(1);
    }

    [Fact]
    public async Task Without_a_page_count_it_goes_on_until_a_page_is_empty()
    {
        Fill(25);
        xero.Accounting = context => Page(context, told: false);

        (await Read()).SelectMany(p => p.Keys).Should().Equal(keys);
        xero.Requests.Should().HaveCount(4);
    }

    [Fact]
    public async Task Without_a_page_count_a_repeated_page_ends_it()
    {
        Fill(25);
        pageSize = 1_000;
        xero.Accounting = context => FakeXero.Json(context, Body(keys, null));

        (await Read()).Should().ContainSingle();
        xero.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("""{"page":1}""")]
    [InlineData("""{"page":1,"pageSize":10,"pageCount":null}""")]
    [InlineData("""{"page":1,"pageSize":10,"itemCount":25}""")]
    public async Task A_page_object_without_a_page_count_never_means_one_page(string pages)
    {
        Fill(25);
        xero.Accounting = context => FakeXero.Json(
            context, Body(keys.Skip((Number(context) - 1) * 10).Take(10), pages));

        (await Read()).SelectMany(p => p.Keys).Should().Equal(keys);
    }

    [Fact]
    public async Task Nothing_modified_is_an_empty_page_that_moves_no_watermark()
    {
        xero.Accounting = NotModified;

        var since = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        List<SourcePage> pages = [];
        await foreach (var page in house.Source.ReadPages(connectionId, new("Invoices", since), default)) pages.Add(page);

        pages.Should().Equal([new SourcePage(1, 1, null, null, pages[0].Records)]);
        pages[0].Records.Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_modified_is_no_answer_to_who_asked_for_everything()
    {
        xero.Accounting = NotModified;

        var read = () => Read();

        (await read.Should().ThrowAsync<SourceException>()).Which.Code.Should().Be("CK-XERO-DOWN-02");
    }

    [Fact]
    public async Task Records_are_the_bytes_that_were_sent()
    {
        const string record =
            """{ "InvoiceID":"046D8A6D-1AE1-4B4D-9340-5601BDF41B87","Total":1.10,"Note":"=1+1 é 😀" }""";
        xero.Accounting = context => FakeXero.Json(
            context, """{"DateTimeUTC":"\/Date(1600000000000)\/","pagination":{"page":1,"pageCount":1},"Invoices":["""
            + record + "]}");

        await foreach (var page in house.Source.ReadPages(connectionId, new("Invoices", null), default))
        {
            page.SourceTime.Should().Be(new DateTimeOffset(2020, 9, 13, 12, 26, 40, TimeSpan.Zero));
            Encoding.UTF8.GetString(page.Records.Single().Json.Span).Should().Be(record);
            page.Records.Single().Key.Should().Be("046d8a6d-1ae1-4b4d-9340-5601bdf41b87");
        }
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"Invoices":[{"Total":1}]}""")]
    public async Task An_answer_without_invoices_never_looks_like_an_empty_one(string body)
    {
        xero.Accounting = context => FakeXero.Json(context, body);

        var read = () => Read();

        (await read.Should().ThrowAsync<SourceException>()).Which.Code.Should().Be("CK-XERO-DOWN-02");
    }

    [Fact]
    public async Task A_page_that_fails_for_good_fails_the_reading()
    {
        Fill(50);
        xero.Accounting = context => Number(context) == 3
            ? FakeXero.Json(context, "down", 503)
            : Page(context);

        var read = () => Read();

        (await read.Should().ThrowAsync<SourceException>()).Which.Problem.Should().Be(SourceProblem.Unavailable);
    }

    [Fact]
    public async Task Whoever_stops_reading_leaves_no_call_behind()
    {
        Fill(100);
        xero.Accounting = async context =>
        {
            if (Number(context) > 1) await Task.Delay(Timeout.Infinite, context.RequestAborted);
            await Page(context);
        };

        await foreach (var page in house.Source.ReadPages(connectionId, new("Invoices", null), default))
        {
            page.Number.Should().Be(1);
            break;
        }

        Highest().Should().Be(1);
    }

    private static Task NotModified(HttpContext context)
    {
        context.Response.StatusCode = 304;
        return Task.CompletedTask;
    }

    private sealed record ReadPage(int Number, int? PageCount, long? ItemCount, IReadOnlyList<string> Keys);

    private async Task<List<ReadPage>> Read()
    {
        List<ReadPage> pages = [];
        await foreach (var page in house.Source.ReadPages(connectionId, new("Invoices", null), default))
            pages.Add(new(page.Number, page.PageCount, page.ItemCount, [.. page.Records.Select(r => r.Key)]));
        return pages;
    }

    private void Fill(int count) =>
        keys.AddRange(Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7().ToString()));

    private static int Number(HttpContext context) =>
        int.Parse(context.Request.Query["page"].ToString(), CultureInfo.InvariantCulture);

    private int Highest() => xero.Requests
        .Select(r => int.Parse(r.Query[6..r.Query.IndexOf('&')], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();

    private Task Page(HttpContext context) => Page(context, told: true);

    private Task Page(HttpContext context, bool told)
    {
        var number = Number(context);
        var count = (keys.Count + pageSize - 1) / pageSize;
        var page = $$"""{"page":{{number}},"pageSize":{{pageSize}},"pageCount":{{count}},"itemCount":{{keys.Count}}}""";
        return FakeXero.Json(context, Body(keys.Skip((number - 1) * pageSize).Take(pageSize), told ? page : null));
    }

    private static string Body(IEnumerable<string> invoices, string? pagination)
    {
        var records = string.Join(',', invoices.Select(key => $$"""{"InvoiceID":"{{key}}"}"""));
        var pages = pagination is null ? "" : $"\"pagination\":{pagination},";
        return $$"""{"DateTimeUTC":"/Date(1600000000000)/",{{pages}}"Invoices":[{{records}}]}""";
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(5);
    }
}
