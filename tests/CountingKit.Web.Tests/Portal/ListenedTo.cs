using System.Collections.Concurrent;
using CountingKit.EventSourcing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CountingKit.Web.Tests.Portal;

/// <summary>A portal whose own log is kept: from Information on, with scopes' texts left out.</summary>
public sealed class ListenedTo : PortalFactory
{
    private readonly ConcurrentQueue<string> lines = new();

    /// <summary>It queues work and does none.</summary>
    public bool IsIdle { get; init; }

    /// <summary>One for each entry; an exception's text and stack make an entry longer than a line.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Logging:LogLevel:Default", "Information");
        builder.ConfigureTestServices(services =>
        {
            services.AddLogging(log => log.AddProvider(new Kept(lines)));
            if (IsIdle) services.Remove(services.Single(s => s.ImplementationType == typeof(WorkHost)));
        });
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
            lines.Enqueue($"{formatter(state, exception)} {exception}".TrimEnd());
    }
}
