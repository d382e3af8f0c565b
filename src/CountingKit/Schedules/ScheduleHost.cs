using CountingKit.EventSourcing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CountingKit.Schedules;

/// <summary>Looks for what is due, when the next is due and now and then between: another portal may have set it.</summary>
public sealed class ScheduleHost(ScheduleFiring firing, Outages outages, TimeProvider time, ILogger<ScheduleHost> log)
    : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Longest;
            try
            {
                if (await firing.FireDue(stoppingToken) is { } next) wait = Between(next - time.GetUtcNow());
            }
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
            {
                outages.Log(log, trouble, "Schedules could not be looked at; they are looked at again");
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan Between(TimeSpan wait) => wait > Longest ? Longest : wait < Shortest ? Shortest : wait;
}
