using CountingKit.Sandbox.Google;
using CountingKit.Sandbox.Hosting;
using CountingKit.Sandbox.Xero;
using Microsoft.AspNetCore.Connections;

namespace CountingKit.Sandbox;

/// <summary>
/// One sandbox: its state, its stand-ins, its three ports. A process may be several, one after another, that have
/// nothing in common: all state hangs from this object and lies in its folder.
/// </summary>
internal sealed class RunningSandbox : IAsyncDisposable
{
    // What is in progress needs milliseconds; a caller who sends his request slowly is not waited for.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Between the look whether a port is free and the listening, another process may take it.</summary>
    private const int Attempts = 5;
    private readonly CancellationTokenSource _ended = new();
    private readonly XeroStandIn _xero;
    private readonly WebApplication _xeroSite;
    private readonly WebApplication _googleSite;
    private readonly WebApplication _control;
    private Task _asked = Task.CompletedTask;

    private RunningSandbox(SandboxOptions options)
    {
        Ports = SandboxPorts.Settle(options);
        var state = new HostState(options.Data);
        var clock = new SandboxClock(state);
        var (journal, faults, gate) = (new Journal(state), new Faults(), new Gate());
        _xero = new XeroStandIn(options, Ports, clock, journal);
        var google = new GoogleStandIn(options, Ports, clock);

        _xeroSite = Site.OnPort(Ports.Xero);
        _xeroSite.Use(_xero.CountInProgress);
        StandBehind("xero", _xeroSite);
        _xero.Map(_xeroSite);
        _googleSite = Site.OnPort(Ports.Google);
        StandBehind("google", _googleSite);
        google.Map(_googleSite);
        _control = Site.OnPort(Ports.Control);
        _control.MapIndex(Ports);
        _control.MapControl(journal, clock, faults, gate);
        _xero.MapControl(_control);
        google.MapControl(_control);

        void StandBehind(string vendor, WebApplication site)
        {
            site.UseResponseCompression();
            site.Use(new VendorTraffic(vendor, journal, faults, gate, clock, site.Logger, _ended.Token).Handle);
        }
    }

    public SandboxPorts Ports { get; }

    public static async Task<RunningSandbox> Start(SandboxOptions options)
    {
        Directory.CreateDirectory(options.Data);
        // Tokens and keys lie in it, if only those of the stand-ins.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(options.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var wasHere = SandboxPorts.AreSettled(options);
        for (var attempt = 1; ; attempt++)
        {
            var sandbox = new RunningSandbox(options);
            try
            {
                await sandbox.Listen();
                sandbox.Ports.Remember(options);
                return sandbox;
            }
            catch (Exception failed)
            {
                await sandbox.DisposeAsync();
                var wasTaken = failed is IOException { InnerException: AddressInUseException };
                if (!wasTaken || wasHere || attempt == Attempts) throw;
            }
        }
    }

    /// <summary>Waits until the process is asked to end, or the parent says something.</summary>
    /// <param name="parent">Null = nobody is listened to.</param>
    /// <returns>True = the parent wrote a line; false = the process shall end, as at the parent's end.</returns>
    public async Task<bool> IsToldToStop(TextReader? parent)
    {
        if (parent is null)
        {
            await _asked;
            return false;
        }

        var line = parent.ReadLineAsync();
        return await Task.WhenAny(_asked, line) == line && await line is not null;
    }

    /// <summary>
    /// Frees the ports. Requests in progress are carried out and answered; those held or delayed are broken off.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Task.WhenAll(Stop(_xeroSite), Stop(_googleSite), Stop(_control));
        await _asked;
        await _xeroSite.DisposeAsync();
        await _googleSite.DisposeAsync();
        await _control.DisposeAsync();
        _xero.Dispose();
        SandboxFile.CloseAll();
        _ended.Dispose();
    }

    private async Task Listen()
    {
        await _xeroSite.StartAsync();
        await _googleSite.StartAsync();
        await _control.StartAsync();
        _asked = _control.WaitForShutdownAsync();
    }

    private static async Task Stop(WebApplication site)
    {
        using var patience = new CancellationTokenSource(Timeout);
        await site.StopAsync(patience.Token);
    }
}
