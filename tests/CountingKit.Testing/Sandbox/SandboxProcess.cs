namespace CountingKit.Testing.Sandbox;

/// <summary>
/// A sandbox in a process beside the tests, with a temporary data folder. Disposing ends it and deletes the folder; its
/// process may be the next one.
/// </summary>
public sealed class SandboxProcess : ISandbox, IAsyncDisposable
{
    private readonly IdleSandboxes _idle;
    private readonly string[] _settings;
    private SandboxProgram? _program;

    private SandboxProcess(IdleSandboxes idle, string dataFolder, string[] settings)
    {
        (_idle, DataFolder) = (idle, dataFolder);
        _settings = [$"--Data={dataFolder}", "--Parent=stdin", .. settings];
    }

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

    /// <summary>The number of its process.</summary>
    public int ProcessId => Running.Id;

    private SandboxProgram Running => _program ?? throw new InvalidOperationException("The sandbox is not running.");

    /// <param name="settings">As on its command line: <c>--Invoices=50</c>.</param>
    public static Task<SandboxProcess> Start(params string[] settings) => Start(IdleSandboxes.Shared, settings);

    /// <inheritdoc cref="Start(string[])"/>
    /// <param name="idle">Where its process is taken from, and given back to.</param>
    public static async Task<SandboxProcess> Start(IdleSandboxes idle, params string[] settings)
    {
        var folder = Path.Combine(Path.GetTempPath(), "countingkit-tests", Guid.CreateVersion7().ToString("N"));
        var sandbox = new SandboxProcess(idle, folder, settings);
        sandbox.Use(await idle.Start(sandbox._settings));
        return sandbox;
    }

    /// <summary>SIGKILL.</summary>
    public async Task Kill()
    {
        if (_program is not { } program) return;
        _program = null;
        await program.Kill();
    }

    /// <summary>SIGKILL and a new process on the same data.</summary>
    public async Task KillAndRestart()
    {
        await Kill();
        HangUp();
        Use(await SandboxProgram.Start(_settings));
    }

    /// <summary>Closes its standard input and waits for its end.</summary>
    public async Task LetGoOfItsPipe()
    {
        await Running.LetGoOfItsPipe();
        _program = null;
    }

    public async ValueTask DisposeAsync()
    {
        HangUp();
        if (_program is { } program)
        {
            _program = null;
            await _idle.GiveBack(program);
        }

        Directory.Delete(DataFolder, recursive: true);
    }

    private void Use(SandboxProgram program)
    {
        _program = program;
        (Xero, Google) = (program.Xero, program.Google);
        Control = new SandboxControl(program.Control);
        XeroHttp = ISandbox.Client(Xero);
        GoogleHttp = ISandbox.Client(Google);
    }

    private void HangUp()
    {
        Control.Dispose();
        XeroHttp.Dispose();
        GoogleHttp.Dispose();
    }
}
