using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using CountingKit.Testing.Sandbox;
using CountingKit.Testing.Storage;

namespace CountingKit.Testing.Portal;

/// <summary>
/// The published portal as a process of its own, beside a sandbox that plays the vendors. It keeps its folders and its
/// port over restarts. Disposing kills it and deletes the folders.
/// </summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TempFolder _folder;
    private readonly StringBuilder _output = new();
    private readonly Dictionary<string, string> _settings;
    private readonly StorageUnderTest? _storage;
    private Process? _process;

    /// <param name="folder">Deleted with the storage; with no storage of its own the portal lives in another one's.</param>
    private PortalProcess(
        PortalSecrets secrets, Uri address, Dictionary<string, string> settings, TempFolder folder, StorageUnderTest? storage) =>
        (Secrets, Address, _settings, _folder, _storage) = (secrets, address, settings, folder, storage);

    public PortalSecrets Secrets { get; }

    /// <summary>With a last slash.</summary>
    public Uri Address { get; }

    /// <summary>The log's connection string.</summary>
    public string EventStore => _settings["EventStore__ConnectionString"];

    /// <summary>The mirror and, unless they are on servers, the log, the vault and the read models.</summary>
    public string DataFolder => _folder["data"];

    public string KeysFolder => _folder["keys"];

    /// <summary>All that it wrote to standard output and standard error, over all its starts.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>The most memory that the process has held so far, in bytes (VmHWM).</summary>
    public long PeakMemory => 1024 * long.Parse(
        File.ReadLines($"/proc/{Running.Id}/status").Single(line => line.StartsWith("VmHWM", StringComparison.Ordinal))
            .Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);

    /// <summary>What it has spent on the processors since it was started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            Running.Refresh();
            return Running.TotalProcessorTime;
        }
    }

    private Process Running => _process ?? throw new InvalidOperationException("The portal is not running.");

    /// <summary>Starts it on empty folders and waits until it is ready.</summary>
    /// <param name="settings">As environment variables, over the usual ones.</param>
    public static Task<PortalProcess> Start(SandboxProcess sandbox, params (string Name, string Value)[] settings) =>
        Start(sandbox, null, settings);

    /// <inheritdoc cref="Start(SandboxProcess, ValueTuple{string, string}[])"/>
    /// <param name="kind">As <see cref="StorageUnderTest.Of"/> takes it.</param>
    public static async Task<PortalProcess> Start(
        SandboxProcess sandbox, StorageKind? kind, params (string Name, string Value)[] settings)
    {
        var (secrets, port, folder) = (PortalSecrets.New(), FreePort.Find(), new TempFolder());
        var all = PortalSettings.Of(sandbox, secrets, port);
        var storage = await StorageUnderTest.Of(folder["data"], kind);
        var portal = new PortalProcess(secrets, At(port), all, folder, storage);
        all["EventStore__ConnectionString"] = storage.EventStore;
        all["Database__ConnectionString"] = storage.Database;
        all["Mirror__Path"] = Path.Combine(portal.DataFolder, "mirror");
        all["Keys__Path"] = portal.KeysFolder;
        foreach (var (name, value) in settings) all[name] = value;
        return await Launched(portal);
    }

    /// <summary>A second portal of the same installation, with all of its folders and servers, on another port.</summary>
    /// <returns>To be disposed before this one.</returns>
    public Task<PortalProcess> StartBeside()
    {
        var address = At(FreePort.Find());
        var url = address.AbsoluteUri.TrimEnd('/');
        Dictionary<string, string> settings = new(_settings) { ["ASPNETCORE_URLS"] = url, ["Portal__PublicUrl"] = url };
        return Launched(new PortalProcess(Secrets, address, settings, _folder, null));
    }

    private static Uri At(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/"));

    private static async Task<PortalProcess> Launched(PortalProcess portal)
    {
        try
        {
            await portal.Launch();
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL, and the end of the process.</summary>
    public async Task Kill()
    {
        if (_process is not { } process) return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>It stands still as it is (SIGSTOP), its connections open, until <see cref="Resume"/>.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>It goes on and knows nothing of the time between (SIGCONT).</summary>
    public Task Resume() => Signal("CONT");

    /// <summary>Settings for its next start, and for commands from now on.</summary>
    public void Change(params (string Name, string Value)[] settings)
    {
        foreach (var (name, value) in settings) _settings[name] = value;
    }

    /// <summary>A start on the same folders and port, after <see cref="Kill"/>.</summary>
    /// <param name="settings">That have changed meanwhile.</param>
    public Task Restart(params (string Name, string Value)[] settings)
    {
        Change(settings);
        return Launch();
    }

    /// <summary>Runs one of the program's commands with the portal's settings, to its end.</summary>
    /// <param name="setting">Another value for one of them.</param>
    /// <returns>Its exit code, and what it wrote to standard output and standard error.</returns>
    public async Task<(int Code, string Said)> Execute((string Name, string Value) setting, params string[] arguments)
    {
        var start = await Prepare(arguments);
        start.Environment[setting.Name] = setting.Value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience * Scale.Of(1, 10));
        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Starts one of the program's commands with the portal's settings, and kills it with SIGKILL.</summary>
    /// <param name="when">Told what it wrote to standard output so far.</param>
    /// <exception cref="InvalidOperationException">It ended before that.</exception>
    public async Task KillCommand((string Name, string Value) setting, Func<string, bool> when, params string[] arguments)
    {
        var start = await Prepare(arguments);
        start.Environment[setting.Name] = setting.Value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var said = new StringBuilder();
        process.OutputDataReceived += (_, line) => { lock (said) said.AppendLine(line.Data); };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();
        while (!process.HasExited && !when(Said())) await Task.Delay(5);
        var hasEnded = process.HasExited;
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
        if (hasEnded) throw new InvalidOperationException($"It ended first:\n{Said()}{await errors}");

        string Said()
        {
            lock (said) return said.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        if (_storage is null) return;
        await _storage.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<ProcessStartInfo> Prepare(params string[] arguments)
    {
        var start = await PublishedPortal.Program(arguments);
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        return start;
    }

    private async Task Launch()
    {
        var process = Process.Start(await Prepare()) ?? throw new InvalidOperationException("dotnet did not start.");
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilReady(process);
    }

    private async Task UntilReady(Process process)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        var watch = Stopwatch.StartNew();
        while (!process.HasExited && watch.Elapsed < Patience)
        {
            try
            {
                using var answer = await http.GetAsync("health/ready");
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                // It does not listen yet, or is too busy starting to answer.
            }

            await Task.Delay(150);
        }

        throw new InvalidOperationException($"The portal did not become ready:\n{Output}");
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start(
            "kill", [$"-{name}", Running.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0) throw new InvalidOperationException($"The portal took no SIG{name}.");
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }
}
