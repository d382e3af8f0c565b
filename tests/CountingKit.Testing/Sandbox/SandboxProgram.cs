using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CountingKit.Testing.Portal;

namespace CountingKit.Testing.Sandbox;

/// <summary>
/// The sandbox's program as a process that is one sandbox after another, each with a state and ports of its own. It
/// ends with this process, however that ends: its standard input closes.
/// </summary>
public sealed class SandboxProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<string>> Ready = new(Compile);
    private readonly Lock _lock = new();
    private readonly Process _process;
    private StringBuilder _complaints = new();

    private SandboxProgram(Process process)
    {
        (_process, Id) = (process, process.Id);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>The number of its process.</summary>
    public int Id { get; }

    /// <summary>Of the sandbox that it is now; with a last slash.</summary>
    public Uri Xero { get; private set; } = null!;

    public Uri Google { get; private set; } = null!;

    public Uri Control { get; private set; } = null!;

    /// <summary>What the sandbox that it is now wrote to standard error so far.</summary>
    private string Complaints
    {
        get { lock (_lock) return _complaints.ToString(); }
    }

    /// <param name="settings">As on its command line.</param>
    public static async Task<SandboxProgram> Start(string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [await Ready.Value, .. settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        AheadOfTime.LivesShortly(start);
        var program = new SandboxProgram(
            Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
        try
        {
            await program.Listens();
            return program;
        }
        catch
        {
            await program.Kill();
            throw;
        }
    }

    /// <summary>Stops the sandbox that it is: its addresses answer no more, its files are closed.</summary>
    public async Task Stop()
    {
        await _process.StandardInput.WriteLineAsync("stop");
        if ((await Told()).ValueKind != JsonValueKind.Null) throw new InvalidOperationException("It did not stop.");
    }

    /// <summary>Makes it another sandbox, after <see cref="Stop"/>.</summary>
    public async Task Become(string[] settings)
    {
        lock (_lock) _complaints = new StringBuilder();
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(settings));
        await Listens();
    }

    /// <summary>SIGKILL.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Closes its standard input and waits for its end.</summary>
    public async Task LetGoOfItsPipe()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    private async Task Listens()
    {
        var addresses = await Told();
        Xero = At("xero");
        Google = At("google");
        Control = At("control");

        Uri At(string name) => new(addresses.GetProperty(name).GetString() + "/");
    }

    private async Task<JsonElement> Told()
    {
        if (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
            return JsonSerializer.Deserialize<JsonElement>(line).GetProperty("sandbox");
        await _process.WaitForExitAsync().WaitAsync(Patience);
        throw new InvalidOperationException($"The sandbox ended before it was ready: {Complaints}");
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lock) _complaints.AppendLine(line);
    }

    /// <summary>Once for each run of a test project.</summary>
    private static async Task<string> Compile()
    {
        var (built, folder) = (Path.GetDirectoryName(BuiltPaths.Sandbox)!, Path.Combine(AppContext.BaseDirectory, "sandbox"));
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        TempFolder.Copy(built, folder);
        await AheadOfTime.Compile(folder);
        return Path.Combine(folder, Path.GetFileName(BuiltPaths.Sandbox));
    }
}
