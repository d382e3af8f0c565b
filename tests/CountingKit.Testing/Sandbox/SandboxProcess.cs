using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CountingKit.Testing.Portal;

namespace CountingKit.Testing.Sandbox;

/// <summary>
/// The sandbox as a process of its own with a temporary data folder. Disposing kills it and deletes the folder.
/// </summary>
public sealed class SandboxProcess : ISandbox, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<string>> Ready = new(Compile);
    private readonly string[] _settings;
    private readonly StringBuilder _complaints = new();
    private Process? _process;

    private SandboxProcess(string dataFolder, string[] settings) => (DataFolder, _settings) = (dataFolder, settings);

    public string DataFolder { get; }

    /// <summary>Base addresses of the Xero and Google ports, with a last slash.</summary>
    public Uri Xero { get; private set; } = null!;

    public Uri Google { get; private set; } = null!;

    public SandboxControl Control { get; private set; } = null!;

    /// <summary>Any app may sign people in.</summary>
    public string? XeroClientId => null;

    public string? GoogleClientId => null;

    public HttpClient XeroHttp { get; private set; } = null!;

    public HttpClient GoogleHttp { get; private set; } = null!;

    /// <summary>What it wrote to standard error so far.</summary>
    public string Complaints
    {
        get { lock (_complaints) return _complaints.ToString(); }
    }

    /// <param name="settings">As on its command line: <c>--Invoices=50</c>.</param>
    public static async Task<SandboxProcess> Start(params string[] settings)
    {
        var folder = Path.Combine(Path.GetTempPath(), "countingkit-tests", Guid.CreateVersion7().ToString("N"));
        var sandbox = new SandboxProcess(folder, settings);
        try
        {
            await sandbox.Launch();
            return sandbox;
        }
        catch
        {
            await sandbox.Kill();
            throw;
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task Kill()
    {
        if (_process is not { } process) return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>SIGKILL and a new start on the same data.</summary>
    public async Task KillAndRestart()
    {
        await Kill();
        HangUp();
        await Launch();
    }

    /// <summary>Closes its standard input and waits for its end.</summary>
    public async Task LetGoOfItsPipe()
    {
        var process = _process ?? throw new InvalidOperationException("The sandbox is not running.");
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        HangUp();
        Directory.Delete(DataFolder, recursive: true);
    }

    private async Task Launch()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        AheadOfTime.LivesShortly(start);
        string[] arguments = [await Ready.Value, $"--Data={DataFolder}", "--Parent=stdin", .. _settings];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);

        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_complaints) _complaints.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
        var ready = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException($"The sandbox ended before it was ready: {Complaints}");

        var addresses = JsonDocument.Parse(ready).RootElement.GetProperty("sandbox");
        Xero = new Uri(addresses.GetProperty("xero").GetString() + "/");
        Google = new Uri(addresses.GetProperty("google").GetString() + "/");
        Control = new SandboxControl(new Uri(addresses.GetProperty("control").GetString() + "/"));
        XeroHttp = ISandbox.Client(Xero);
        GoogleHttp = ISandbox.Client(Google);
    }

    /// <summary>Once for each run of a test project.</summary>
    private static async Task<string> Compile()
    {
        var (built, folder) = (Path.GetDirectoryName(BuiltPaths.Sandbox)!, Path.Combine(AppContext.BaseDirectory, "sandbox"));
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (var path in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(built, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        await AheadOfTime.Compile(folder);
        return Path.Combine(folder, Path.GetFileName(BuiltPaths.Sandbox));
    }

    private void HangUp()
    {
        Control.Dispose();
        XeroHttp.Dispose();
        GoogleHttp.Dispose();
    }
}
