using System.Collections.Concurrent;
using System.Net;
using CountingKit.Web.Tests.Portal;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CountingKit.Web.Tests.Account;

/// <summary>A sign-in form that no browser sends: answered like any other, and nothing of it reaches the log.</summary>
public sealed class OddSignIns(OddSignIns.ListenedTo portal) : IClassFixture<OddSignIns.ListenedTo>
{
    [Theory]
    [InlineData("RememberMe", "banana-4711", HttpStatusCode.UnprocessableEntity)]
    [InlineData("Email", "ol\uFFFEivia-4711@example.com", HttpStatusCode.UnprocessableEntity)]
    [InlineData("Password", "nu\0l-4711", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_understood_is_told_and_not_logged(string field, string value, HttpStatusCode status)
    {
        var browser = portal.Stranger();
        (string, string?)[] right = [("Email", PortalFactory.OwnerEmail), ("Password", PortalFactory.Password)];

        var page = await browser.Submit(
            (await browser.Get("/sign-in")).Form(), [.. right.Where(f => f.Item1 != field), (field, value)]);

        page.Status.Should().Be(status);
        portal.Lines.Should().NotContain(line => line.Contains("4711"));
    }

    [Fact]
    public async Task An_address_beyond_ASCII_is_led_to()
    {
        var browser = portal.Stranger();
        var page = await browser.Get("/sign-in?returnTo=%2F%C3%A9%3Fa%3D%C3%BC");

        var answer = await browser.Submit(
            page.Form(), ("Email", PortalFactory.OwnerEmail), ("Password", PortalFactory.Password));

        answer.Answer.Headers.Location!.OriginalString.Should().Be("/%C3%A9?a=%C3%BC");
    }

    /// <summary>A portal whose log is kept.</summary>
    public sealed class ListenedTo : PortalFactory
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> Lines => lines;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Logging:LogLevel:Default", "Information");
            builder.ConfigureTestServices(services => services.AddLogging(log => log.AddProvider(new Kept(lines))));
        }
    }

    private sealed class Kept(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
