using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace CountingKit.Web.Hosting;

internal static class PortalServing
{
    /// <summary>Starts the portal, and serves until somebody stops it.</summary>
    /// <exception cref="SettingException">It cannot listen where a setting says.</exception>
    public static async Task Serve(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<StartLog>();
        try
        {
            log.IsStarting = true;
            await app.StartAsync();
        }
        catch (Exception failed) when (Problem(failed) is { } problem)
        {
            await app.StopAsync(); // The server is the last to start: everything else runs.
            var (setting, addresses) = ListenAddresses.Of(app.Configuration);
            var which = addresses.Count > 1 ? "one of " : "";
            throw new SettingException(setting, $"names {problem} ({which}{string.Join(", ", addresses)}).");
        }
        finally
        {
            log.IsStarting = false;
        }

        await app.WaitForShutdownAsync();
    }

    /// <summary>As Kestrel tells it: for localhost, which is two addresses, in another way than for one.</summary>
    /// <returns>Null = it is no matter of where to listen.</returns>
    private static string? Problem(Exception failed) => failed switch
    {
        IOException { InnerException: AddressInUseException } => Problem(SocketError.AddressAlreadyInUse),
        IOException { InnerException: AggregateException { InnerExceptions: [SocketException first, ..] } } =>
            Problem(first.SocketErrorCode),
        SocketException refused => Problem(refused.SocketErrorCode),
        _ => null,
    };

    private static string? Problem(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => "an address that is already in use",
        SocketError.AccessDenied => "a port that this user may not listen on",
        SocketError.AddressNotAvailable => "an address that this machine does not have",
        _ => null,
    };
}

/// <summary>
/// What the framework logs with a stack trace when a start fails stays out: it throws the same, which is told in one line or
/// ends the process with all of it.
/// </summary>
internal sealed class StartLog
{
    private volatile bool isStarting;

    public bool IsStarting
    {
        get => isStarting;
        set => isStarting = value;
    }

    public bool IsThrownToo(string? category, LogLevel level) => isStarting && (category, level) is
        ("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Error)
        or ("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);
}
