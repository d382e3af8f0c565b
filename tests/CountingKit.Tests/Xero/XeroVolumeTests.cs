using System.Globalization;
using System.Text.RegularExpressions;
using CountingKit.Mirror;
using CountingKit.Testing;
using Microsoft.AspNetCore.Http;

namespace CountingKit.Tests.Xero;

/// <summary>Organizations of which Xero does not give the whole list in the usual form.</summary>
[Trait("Speed", "Slow")]
public sealed partial class XeroVolumeTests : IAsyncLifetime
{
    private const string Refusal =
        """{"ErrorNumber":51,"Type":"HighVolumeException","Message":"not allowed for high volume organisations"}""";

    private readonly TempFolder folder = new();
    private readonly List<(string Id, DateOnly Date)> invoices = [];
    private FakeXero xero = null!;
    private XeroHouse house = null!;
    private Guid connectionId;

    public async Task InitializeAsync()
    {
        xero = await FakeXero.Start();
        house = new XeroHouse(xero.Address, folder);
        connectionId = await house.Connect(xero);
        xero.Requests.Clear();
        for (var i = 0; i < 90; i++)
            invoices.Add((Guid.CreateVersion7().ToString(), new DateOnly(2019, 1, 1).AddMonths(i)));
    }

    public async Task DisposeAsync()
    {
        await house.DisposeAsync();
        await xero.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(Refusal)]
    [InlineData("HighVolume")]
    [InlineData("""{"ErrorNumber":16,"Type":"QueryParseException","Message":"No property or field 'InvoiceID' exists"}""")]
    public async Task Where_an_order_is_refused_the_list_is_read_in_Xeros_own(string refusal)
    {
        xero.Accounting = context => context.Request.Query.ContainsKey("order")
            ? FakeXero.Json(context, refusal, 400)
            : List(context, invoices);

        (await Read()).Keys.Should().BeEquivalentTo(invoices.Select(i => i.Id));
        xero.Requests.Count(r => r.Query.Contains("order=", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Where_the_whole_is_refused_it_is_read_in_slices_and_what_changed_meanwhile_at_the_end()
    {
        var changed = (Guid.CreateVersion7().ToString(), new DateOnly(2026, 1, 1));
        xero.Accounting = context =>
        {
            if (context.Request.Headers.ContainsKey("If-Modified-Since")) return List(context, [changed]);
            var slice = Slice(context);
            return slice.Count > 40 ? FakeXero.Json(context, Refusal, 400) : List(context, slice);
        };

        var (keys, said) = await Read();

        keys.Distinct().Should().BeEquivalentTo([.. invoices.Select(i => i.Id), changed.Item1]);
        said.Should().Be(91);
        Uri.UnescapeDataString(xero.Requests.Last(r => r.Query.Contains("where", StringComparison.Ordinal)).Query)
            .Should().MatchRegex(@"&where=Date>=DateTime\(\d{4},\d\d,\d\d\)");
    }

    [Fact]
    public async Task A_slice_that_holds_less_than_it_says_makes_the_reading_less_than_said()
    {
        xero.Accounting = context =>
        {
            if (context.Request.Headers.ContainsKey("If-Modified-Since")) return List(context, []);
            var slice = Slice(context);
            return slice.Count > 50
                ? FakeXero.Json(context, Refusal, 400)
                : List(context, [.. slice.SkipLast(1)], said: slice.Count);
        };

        var (keys, said) = await Read();

        said.Should().Be(90);
        keys.Distinct().Count().Should().BeLessThan(90);
    }

    [Fact]
    public async Task Where_nothing_is_given_whole_what_changed_meanwhile_is_read_in_slices_once()
    {
        xero.Accounting = context =>
        {
            if (xero.Requests.Count > 30) return FakeXero.Json(context, "{}", 403);
            if (!context.Request.Query.ContainsKey("where")) return FakeXero.Json(context, Refusal, 400);
            return List(context, context.Request.Headers.ContainsKey("If-Modified-Since") ? [] : Slice(context));
        };

        (await Read()).Keys.Should().BeEquivalentTo(invoices.Select(i => i.Id));

        xero.Requests.Count.Should().BeLessThan(10);
    }

    [Fact]
    public async Task Where_even_a_day_is_refused_it_ends_with_a_code_of_its_own()
    {
        xero.Accounting = context => FakeXero.Json(context, Refusal, 400);

        var read = () => Read();

        (await read.Should().ThrowAsync<SourceException>()).Which.Code.Should().Be("CK-XERO-DOWN-04");
        xero.Requests.Count.Should().BeLessThan(25);
    }

    [Fact]
    public async Task Pages_of_very_large_records_are_read_in_smaller_pages()
    {
        var note = new string('x', 1024 * 1024);
        xero.Accounting = context => List(context, invoices, note: note);

        (await Read()).Keys.Should().BeEquivalentTo(invoices.Select(i => i.Id));
        xero.Requests.Last().Query.Should().Contain("pageSize=50");
    }

    /// <summary>The invoices that the filter leaves.</summary>
    private List<(string Id, DateOnly Date)> Slice(HttpContext context)
    {
        var where = context.Request.Query["where"].ToString();
        var from = Day(where, ">=") ?? DateOnly.MinValue;
        var below = Day(where, "<") ?? DateOnly.MaxValue;
        return [.. invoices.Where(i => i.Date >= from && i.Date < below)];
    }

    private static DateOnly? Day(string where, string comparison) =>
        DateFilter().Matches(where).FirstOrDefault(m => m.Groups[1].Value == comparison) is { } match
            ? DateOnly.ParseExact(match.Groups[2].Value, "yyyy,MM,dd", CultureInfo.InvariantCulture)
            : null;

    private static Task List(
        HttpContext context, IReadOnlyList<(string Id, DateOnly Date)> all, int? said = null, string note = "")
    {
        var page = int.Parse(context.Request.Query["page"].ToString(), CultureInfo.InvariantCulture);
        var size = int.Parse(context.Request.Query["pageSize"].ToString(), CultureInfo.InvariantCulture);
        var records = all.Skip((page - 1) * size).Take(size)
            .Select(i => $$"""{"InvoiceID":"{{i.Id}}","Note":"{{note}}"}""");
        return FakeXero.Json(context, $$"""
            {"pagination":{"page":{{page}},"pageSize":{{size}},"pageCount":{{(all.Count + size - 1) / size}},"itemCount":{{said ?? all.Count}}},
            "Invoices":[{{string.Join(',', records)}}]}
            """);
    }

    private async Task<(List<string> Keys, long? Said)> Read()
    {
        List<string> keys = [];
        long? said = null;
        await foreach (var page in house.Source.ReadPages(connectionId, new("Invoices", null), default))
        {
            keys.AddRange(page.Records.Select(r => r.Key));
            said = page.ItemCount ?? said;
        }

        return (keys, said);
    }

    [GeneratedRegex(@"Date(>=|<)DateTime\((\d{4},\d\d,\d\d)\)")]
    private static partial Regex DateFilter();
}
