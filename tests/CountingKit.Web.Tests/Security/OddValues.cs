using System.Net;
using System.Text;
using CountingKit.Web.Tests.Portal;

namespace CountingKit.Web.Tests.Security;

/// <summary>Whatever is sent to whatever takes something, by the owner, who may do all: no answer is a mistake of ours.</summary>
public sealed class OddValues(NeighborsOnFiles neighbors) : IClassFixture<NeighborsOnFiles>
{
    /// <summary>Longer than anything that a form may make of its fields, and short enough for a form to be taken.</summary>
    private const int Long = 100_000;

    /// <summary>As they stand in an address or a form.</summary>
    private static readonly (string What, string Encoded)[] Odd =
    [
        ("no value of this type", "banana"), ("no character", "a%EF%BF%BEb"), ("NUL", "a%00b"),
        ("half a character", "%ED%A0%80"), ("beyond ASCII", "/%C3%A9%F0%9F%98%80"), ("negative", "-1"),
        ("the last day", "9999-12-31"), ("the first day", "0001-01-01"), ("a large number", "99999999999999999999"),
        ("null", "null"), ("nothing", ""), ("an id", "0193a000-0000-7000-8000-00000000000a"), ("long", new string('x', Long)),
    ];

    private readonly FormWalk walk = new(neighbors);

    [Fact]
    public async Task No_odd_value_in_any_field_is_a_mistake_of_ours()
    {
        var owner = await neighbors.Portal.Owner();
        var token = await FormWalk.Token(owner);
        var asked = 0;

        foreach (var route in walk.Ordered())
            foreach (var field in route.Fields)
                foreach (var (what, encoded) in Odd)
                {
                    var page = await walk.Send(owner, route, token, walk.Fields(route, field, [encoded]));
                    ((int)page.Status).Should().BeLessThan(500, "{0}: {1} is {2}", route.Name, field, what);
                    asked++;
                }

        asked.Should().BeGreaterThan(500);
        await NothingIsTooLarge();
    }

    [Fact]
    public async Task A_number_that_is_none_is_a_bad_request_that_says_so()
    {
        var owner = await neighbors.Portal.Owner();
        var token = await FormWalk.Token(owner);
        var asked = 0;

        foreach (var route in walk.Ordered().Where(route => route.Method == "POST"))
            foreach (var field in route.Fields.Intersect(["commandId", "CommandId", "lookedAt", "LookedAt"]))
            {
                var page = await walk.Send(owner, route, token, walk.Fields(route, field, ["banana"]));
                (page.Status, page.Text.Contains("CK-FORM-05")).Should().Be((HttpStatusCode.BadRequest, true), "{0}: {1}", route.Name, field);
                asked++;
            }

        asked.Should().BeGreaterThan(25);
    }

    [Fact]
    public async Task No_field_sent_many_times_is_a_mistake_of_ours()
    {
        var owner = await neighbors.Portal.Owner();
        var token = await FormWalk.Token(owner);

        foreach (var route in walk.Ordered().Where(route => !FormWalk.EndsSomething(route)))
            foreach (var field in route.Fields)
                foreach (var times in (int[])[2, 900, 3000])
                {
                    var page = await walk.Send(owner, route, token, walk.Fields(route, field, [.. Enumerable.Repeat("PAID", times)]));
                    ((int)page.Status).Should().BeLessThan(500, "{0}: {1} {2} times", route.Name, field, times);
                }

        await NothingIsTooLarge();
    }

    [Fact]
    public async Task No_odd_header_address_or_body_of_the_API_is_a_mistake_of_ours()
    {
        using var api = neighbors.Portal.Api();
        var start = $"/api/v1/exporters/{neighbors.Own.ExporterId}/runs";

        foreach (var key in (string[])["banana", "-1", "null", "{}", new string('x', 6000), "00000000-0000-0000-0000-000000000000"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, start);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            ((int)(await api.SendAsync(request)).StatusCode).Should().BeInRange(400, 499, "the key is {0}", key);
        }

        foreach (var body in (string[])["null", "[", "{\"a\":null}", "\"\\ud800\"", "{\"a\":" + new string('[', 5000)])
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            ((int)(await api.PostAsync(start, content)).StatusCode).Should().BeLessThan(500, "the body is {0}", body);
        }

        foreach (var path in (string[])["/api/v1/runs/banana", "/api/v1/runs?exporter=banana", "/api/v1/%EF%BF%BE", "/api/v1/runs?exporter=%00"])
            ((int)(await api.GetAsync(path)).StatusCode).Should().BeInRange(400, 499, path);
    }

    [Theory]
    [InlineData("DELETE", "/exporters", "GET")]
    [InlineData("POST", "/runs", "GET")]
    [InlineData("PUT", "/sign-in", "GET, POST")]
    [InlineData("GET", "/sign-out", "POST")]
    [InlineData("DELETE", "/api/v1/runs", "GET")]
    [InlineData("GET", "/api/v1/exporters/0193a000-0000-7000-8000-00000000000a/runs", "POST")]
    public async Task What_is_asked_in_a_wrong_way_is_told_the_right_one(string method, string path, string allowed)
    {
        foreach (var browser in (Browser[])[neighbors.Portal.Stranger(), await neighbors.Portal.Owner()])
        {
            var page = await browser.Send(new HttpRequestMessage(new HttpMethod(method), path));

            page.Status.Should().Be(HttpStatusCode.MethodNotAllowed);
            page.Answer.Content.Headers.Allow.Should().BeEquivalentTo(allowed.Split(", "));
        }
    }

    private async Task NothingIsTooLarge() => (await neighbors.Portal.Log())
        .Where(e => e.Metadata.CausationId == e.Metadata.CommandId).Max(e => e.Stored.Data.Length)
        .Should().BeLessThan(Long);
}
