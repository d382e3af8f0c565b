using System.Collections.Concurrent;
using CountingKit.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CountingKit.Web.Tests.Shell;

public sealed class LoggedCategories
{
    private static readonly string[] Loud =
    [
        "--Logging:Console:LogLevel:Default=Trace", "--Logging:Console:LogLevel:Microsoft.AspNetCore.Mvc=Debug",
        "--Logging:LogLevel:Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker=Trace",
        "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics.More=Trace",
        "--Logging:Console:LogLevel:System.Net.*.LogicalHandler=Trace",
    ];

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics.More")]
    [InlineData("Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker")]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.Connections")]
    [InlineData("Microsoft.AspNetCore.Http.Result.RedirectResult")]
    [InlineData("System.Net.Http.HttpClient.xero.LogicalHandler")]
    public async Task No_setting_opens_what_talks_of_values(string category)
    {
        var log = new Written();
        await using var portal = Portal(log);
        var logger = portal.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

        logger.LogInformation("GET /callback?code=secret");
        logger.LogTrace("code=secret");
        logger.LogWarning("a warning");

        log.Lines.Should().Equal("a warning");
    }

    [Fact]
    public async Task Settings_open_everything_else()
    {
        var log = new Written();
        await using var portal = Portal(log);

        portal.Services.GetRequiredService<ILoggerFactory>().CreateLogger("CountingKit.Runs").LogTrace("a trace");

        log.Lines.Should().Equal("a trace");
    }

    private static WebApplication Portal(ILoggerProvider log)
    {
        var builder = WebApplication.CreateBuilder(Loud);
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddPortalLogging();
        return builder.Build();
    }

    [ProviderAlias("Console")]
    private sealed class Written : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)
                ? Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance
                : this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
