using CountingKit.EventSourcing;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CountingKit.Messaging;

/// <summary>Says what was asked, how it ended and how long it took. Never what was in it.</summary>
public sealed class LoggingBehavior<TRequest, TResponse>(TimeProvider time, ILogger<LoggingBehavior<TRequest, TResponse>> log)
    : IPipelineBehavior<TRequest, TResponse> where TRequest : IRequest<TResponse>
{
    private static readonly bool IsQuiet = typeof(TRequest).IsDefined(typeof(AskedAllTheTimeAttribute), inherit: false);

    public async Task<TResponse> Handle(
        TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        var start = time.GetTimestamp();
        var outcome = "failed";
        try
        {
            var response = await next();
            outcome = "done";
            return response;
        }
        catch (RefusedException refused)
        {
            outcome = refused.Code;
            throw;
        }
        catch (Exception said) when (said is NotFoundException or ForbiddenException or StrangerException)
        {
            outcome = said.GetType().Name;
            throw;
        }
        finally
        {
            log.Log(
                IsQuiet && outcome == "done" ? LogLevel.Trace : LogLevel.Information,
                "{Message} {Outcome} in {Elapsed:0} ms",
                typeof(TRequest).Name, outcome, time.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}
