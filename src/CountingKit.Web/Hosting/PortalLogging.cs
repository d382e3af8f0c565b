using System.Diagnostics;

namespace CountingKit.Web.Hosting;

/// <summary>
/// What may reach the log. The framework's own lines about requests, redirects and action arguments hold whole addresses
/// and form values: they stay out at every level, and one line of ours with the path alone takes their place.
/// </summary>
internal static class PortalLogging
{
    private static readonly string[] TalkOfValues =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics",
        "Microsoft.AspNetCore.Mvc",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http.Result",
        "Microsoft.AspNetCore.Cors",
        "System.Net.Http",
    ];

    public static void AddPortalLogging(this WebApplicationBuilder builder)
    {
        var start = new StartLog();
        builder.Services.AddSingleton(start);
        builder.Services.PostConfigure<LoggerFilterOptions>(options => KeepValuesOut(options, start));
    }

    /// <summary>
    /// A provider's own rule or a longer category would win over a rule of ours: so each rule there is gets the
    /// condition, and one is added for where none applies.
    /// </summary>
    private static void KeepValuesOut(LoggerFilterOptions options, StartLog start)
    {
        List<LoggerFilterRule> rules = [new(null, null, options.MinLevel, null), .. options.Rules];
        options.Rules.Clear();
        foreach (var rule in rules)
            options.Rules.Add(new(rule.ProviderName, rule.CategoryName, rule.LogLevel, (provider, category, level) =>
                (level >= LogLevel.Warning || !TalksOfValues(category))
                && !start.IsThrownToo(category, level)
                && (rule.Filter is null || rule.Filter(provider, category, level))));
    }

    private static bool TalksOfValues(string? category) => category is not null
        && TalkOfValues.Any(start => category.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    public static void UseRequestLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("CountingKit.Web.Requests");
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use(async (context, next) =>
        {
            var start = time.GetTimestamp();
            var path = context.Request.Path;
            try
            {
                await next(context);
            }
            finally
            {
                log.LogInformation(
                    "{Method} {Path} {Status} in {Elapsed:0} ms, correlation {Correlation}",
                    context.Request.Method, path, context.Response.StatusCode,
                    time.GetElapsedTime(start).TotalMilliseconds, context.CorrelationId());
            }
        });
    }

    /// <summary>Names this request on error pages, in Problem Details and in the log.</summary>
    public static string CorrelationId(this HttpContext context) =>
        Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}
