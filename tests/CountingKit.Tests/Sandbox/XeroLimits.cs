using System.Net;
using CountingKit.Testing.Sandbox;

namespace CountingKit.Tests.Sandbox;

[Trait("Speed", "Slow")]
public sealed class XeroLimits : IAsyncLifetime
{
    private const string Organisation = "api.xro/2.0/Organisation";
    private readonly XeroBooksFixture _books = new() { Invoices = 20 };
    private XeroApp _app = null!;

    public async Task InitializeAsync()
    {
        await _books.InitializeAsync();
        _app = await _books.Connected();
    }

    public Task DisposeAsync() => _books.DisposeAsync();

    [Fact]
    public async Task Every_answer_tells_what_is_left()
    {
        await _app.Api(Organisation, _books.First);

        var answer = await _app.Api(Organisation, _books.First);

        (Header(answer, "X-MinLimit-Remaining"), Header(answer, "X-DayLimit-Remaining")).Should().Be(("58", "998"));
        Header(answer, "X-AppMinLimit-Remaining").Should().Be("9998");
    }

    [Fact]
    public async Task A_full_minute_is_429_until_its_window_is_over()
    {
        await _books.Sandbox.Control.Post("_/xero/limits", new { minute = 2 });
        await _app.Api(Organisation, _books.First);
        await _app.Api(Organisation, _books.First);

        var refused = await _app.Api(Organisation, _books.First);
        await _books.Sandbox.Control.Advance(TimeSpan.FromSeconds(61));
        var later = await _app.Api(Organisation, _books.First);

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        Header(refused, "X-Rate-Limit-Problem").Should().Be("minute");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.Should().BeInRange(1, 60);
        later.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_full_day_is_429_for_hours_and_survives_a_kill()
    {
        await _books.Sandbox.Control.Post("_/xero/limits", new { day = 1 });
        await _app.Api(Organisation, _books.First);

        await _books.Sandbox.KillAndRestart();
        var refused = await _app.Api(Organisation, _books.First);

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        Header(refused, "X-Rate-Limit-Problem").Should().Be("day");
        refused.Headers.RetryAfter!.Delta!.Value.Should().BeGreaterThan(TimeSpan.FromHours(23));
    }

    [Fact]
    public async Task A_sixth_call_at_once_is_429_without_a_time()
    {
        await _books.Sandbox.Control.AddFault(
            new { vendor = "xero", pathPattern = "Organisation", kind = "delay", delayMs = 2000, times = 6 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _app.Api(Organisation, _books.First)));

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        refused.Should().NotBeEmpty();
        refused.Should().OnlyContain(answer => Header(answer, "X-Rate-Limit-Problem") == "concurrent");
        refused.Should().OnlyContain(answer => answer.Headers.RetryAfter == null);
    }

    [Fact]
    public async Task Limits_can_be_switched_off()
    {
        await _books.Sandbox.Control.Post("_/xero/limits", new { on = false, minute = 1 });

        await _app.Api(Organisation, _books.First);

        (await _app.Api(Organisation, _books.First)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();
}
