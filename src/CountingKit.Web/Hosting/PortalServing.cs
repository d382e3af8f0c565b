using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace CountingKit.Web.Hosting;

internal static class PortalServing
{
    internal const string Server = "Microsoft.AspNetCore.Server.Kestrel";

    private const string LeftOver = " If it is a socket that no portal uses, delete its file; its folder must be there.";

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
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Somebody stopped it before it had started.
        }
        catch (Exception failed)
        {
            await app.StopAsync(); // The server is the last to start: everything else runs.
            if (Told(failed, app.Configuration) is { } told) throw told;
            throw;
        }
        finally
        {
            log.IsStarting = false;
        }

        await app.WaitForShutdownAsync();
    }

    /// <returns>Null = it is no matter of where to listen.</returns>
    private static SettingException? Told(Exception failed, IConfiguration configuration)
    {
        if (!IsOfTheServer(failed)) return null;
        var (setting, addresses) = ListenAddresses.Of(configuration);
        var places = $"{(addresses.Count > 1 ? "one of " : "")}{string.Join(", ", addresses)}";
        return new(setting, Problem(failed) is { } problem
            ? $"names {problem} ({places}).{(addresses.Any(ListenAddresses.IsSocket) ? LeftOver : "")}"
            : $"cannot be listened on ({places}): {failed.Message.Split('\n')[0].TrimEnd('\r')}");
    }

    private static bool IsOfTheServer(Exception failed) => new StackTrace(failed).GetFrames()
        .Any(frame => frame.GetMethod()?.DeclaringType?.Namespace?.StartsWith(Server, StringComparison.Ordinal) is true);

    /// <summary>As Kestrel tells it: for localhost, which is two addresses, in another way than for one.</summary>
    /// <returns>Null = it is something else, such as its certificate.</returns>
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
        or (PortalServing.Server, LogLevel.Critical);
}
