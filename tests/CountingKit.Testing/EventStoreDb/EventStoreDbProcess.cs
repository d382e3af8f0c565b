using System.Diagnostics;
using System.Globalization;
using CountingKit.Testing.Portal;

namespace CountingKit.Testing.EventStoreDb;

/// <summary>The stand-in as a process of its own, to be killed. Its port and folder outlive it.</summary>
public sealed class EventStoreDbProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private readonly int _port = FreePort.Find();
    private Process? _process;

    private EventStoreDbProcess(string folder) => _folder = folder;

    public string ConnectionString { get; private set; } = "";

    public Uri Address => new($"http://{EventStoreDbNode.Host}:{_port}/");

    public static async Task<EventStoreDbProcess> Start(string folder)
    {
        var server = new EventStoreDbProcess(folder);
        await server.Launch();
        return server;
    }

    /// <summary>Once more, after a kill.</summary>
    public async Task Launch()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        string[] arguments =
            [typeof(EventStoreDbProcess).Assembly.Location, "event-store-db", _folder, _port.ToString(CultureInfo.InvariantCulture)];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        ConnectionString = await Line();
    }

    /// <summary>A line for its standard input, such as <c>write CommitTimeoutAfter 1</c>.</summary>
    /// <exception cref="ArgumentException">It does not know such a line.</exception>
    public async Task Tell(string line)
    {
        await _process!.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        if (await Line() is not "ok" and var answer) throw new ArgumentException(answer, nameof(line));
    }

    /// <summary>SIGKILL.</summary>
    public async Task Kill()
    {
        if (_process is not { } process) return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>Closes its standard input.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> End()
    {
        var process = _process ?? throw new InvalidOperationException("It does not run.");
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        var code = process.ExitCode;
        process.Dispose();
        _process = null;
        return code;
    }

    public async ValueTask DisposeAsync() => await Kill();

    private async Task<string> Line() => await _process!.StandardOutput.ReadLineAsync().WaitAsync(Patience)
        ?? throw new InvalidOperationException("The process ended before it answered.");
}
