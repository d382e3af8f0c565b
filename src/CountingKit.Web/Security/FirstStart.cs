using CountingKit.EventSourcing;
using CountingKit.Web.Hosting;
using CountingKit.Workspaces;

namespace CountingKit.Web.Security;

/// <summary>
/// At each start: the owner by settings or the code for one, the API key by setting, and the one line on the console. The code
/// is made once the portal serves: a start that fails leaves the one that another portal gave good.
/// </summary>
internal sealed class FirstStart(
    IServiceScopeFactory scopes, PortalOptions options, PortalAddress address, ReadModels readModels,
    IHostApplicationLifetime lifetime, Outages outages, TimeProvider time, ILogger<FirstStart> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Whether the owner, if there is one, is in the log and in the read models.</summary>
    public bool IsSettled { get; private set; }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var owner = scope.ServiceProvider.GetRequiredService<FirstOwner>();
        if (!await owner.Exists(cancellationToken) && options.Owner is { } given) await Create(owner, given, cancellationToken);
        await scope.ServiceProvider.GetRequiredService<ApiKeyBySetting>().Apply(options.ApiKey, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var waiting = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        var isAnnounced = false;
        while (!IsSettled)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var owner = scope.ServiceProvider.GetRequiredService<FirstOwner>();
                if (!isAnnounced) Announce(await owner.Exists(stoppingToken) ? null : await owner.NewCode(stoppingToken));
                isAnnounced = true;
                var told = await owner.Complete(stoppingToken);
                IsSettled = told is not { } position || await readModels.CaughtUpTo(position, stoppingToken);
            }
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
            {
                outages.Log(log, trouble, isAnnounced
                    ? "The first owner could not be told to the log yet; it is tried again"
                    : "Whether there is an owner could not be read yet, or the one-time code not be made; it is tried again");
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private static async Task Create(FirstOwner owner, OwnerCredentials given, CancellationToken ct)
    {
        var name = given.Email[..given.Email.IndexOf('@', StringComparison.Ordinal)];
        var request = new FirstOwnerRequest("Finance", name, given.Email, given.Password);
        var wrong = await Refusals(owner, request, ct);
        // Another portal may have been faster with the same settings.
        if (wrong.Count > 0 && !await owner.Exists(ct)) throw new SettingException("Portal__OwnerPassword", $"is refused: {string.Join(" ", wrong)}");
    }

    private static async Task<IReadOnlyList<string>> Refusals(FirstOwner owner, FirstOwnerRequest request, CancellationToken ct)
    {
        try
        {
            return (await owner.Create(request, code: null, address: null, ct)).Wrong;
        }
        catch (RefusedException refused)
        {
            return [refused.Message];
        }
    }

    // Standard output and never a logger: what a logger writes is kept and sent elsewhere.
    private void Announce(string? code) => Console.Out.WriteLine(code is null
        ? $"CountingKit is at {address.Url}"
        : $"CountingKit is at {address.Of("setup")} - the one-time code that makes you its owner: {code}");
}
