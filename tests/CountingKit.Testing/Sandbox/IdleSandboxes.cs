using System.Text.Json;

namespace CountingKit.Testing.Sandbox;

/// <summary>Processes of the sandbox's program that are no sandbox at the moment, and can be the next one.</summary>
/// <param name="most">So many are kept; one that is given back beyond them is killed.</param>
public sealed class IdleSandboxes(int most) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Stack<SandboxProgram> _programs = new();

    /// <summary>
    /// One for each thread that tests run on. None at full scale, where tests measure: there each sandbox is a new
    /// process.
    /// </summary>
    public static IdleSandboxes Shared { get; } = new(Scale.IsFull ? 0 : 2 * Environment.ProcessorCount);

    public int Count
    {
        get { lock (_lock) return _programs.Count; }
    }

    public async ValueTask DisposeAsync()
    {
        while (Take() is { } program) await program.Kill();
    }

    /// <param name="settings">As on the program's command line.</param>
    internal async Task<SandboxProgram> Start(string[] settings)
    {
        while (Take() is { } program)
        {
            try
            {
                await program.Become(settings);
                return program;
            }
            catch (Exception e) when (IsOfProgram(e))
            {
                // It is dead or stuck; if it is the settings' fault, a new process says so.
                await program.Kill();
            }
        }

        return await SandboxProgram.Start(settings);
    }

    /// <summary>Stops the sandbox, and keeps its process if that went well.</summary>
    internal async Task GiveBack(SandboxProgram program)
    {
        if (Count >= most || !await HasStopped(program) || !Keep(program)) await program.Kill();
    }

    private static async Task<bool> HasStopped(SandboxProgram program)
    {
        try
        {
            await program.Stop();
            return true;
        }
        catch (Exception e) when (IsOfProgram(e))
        {
            return false;
        }
    }

    private static bool IsOfProgram(Exception e) => e
        is IOException or TimeoutException or InvalidOperationException or JsonException or KeyNotFoundException;

    private bool Keep(SandboxProgram program)
    {
        lock (_lock)
        {
            if (_programs.Count >= most) return false;
            _programs.Push(program);
            return true;
        }
    }

    private SandboxProgram? Take()
    {
        lock (_lock) return _programs.TryPop(out var program) ? program : null;
    }
}
