using System.Diagnostics;
using CountingKit.Testing.Processes;

namespace CountingKit.Tests.EventSourcing;

/// <summary>A process of its own that appends to the store in a folder until it is killed.</summary>
internal sealed class AppendingProcess : IDisposable
{
    private readonly Process process;

    public AppendingProcess(string folder, int writers) =>
        process = Start("append-until-killed", folder, $"{writers}");

    /// <summary>Starts the program that kill tests kill.</summary>
    public static Process Start(params IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(Acknowledged).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
        })!;

    /// <summary>Kills it some time after its first acknowledgement; gives everything that it said.</summary>
    public async Task<List<Acknowledged>> KillAfter(TimeSpan delay)
    {
        var told = new List<Acknowledged>();
        var killing = Task.CompletedTask;
        await foreach (var line in WholeLines(process.StandardOutput))
        {
            if (told.Count == 0) killing = Kill(delay);
            told.Add(Acknowledged.Parse(line));
        }

        await killing;
        await process.WaitForExitAsync();
        return told;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private async Task Kill(TimeSpan delay)
    {
        await Task.Delay(delay);
        process.Kill();
    }

    /// <summary>The lines that end: the kill may have cut the last one.</summary>
    private static async IAsyncEnumerable<string> WholeLines(StreamReader reader)
    {
        var rest = string.Empty;
        var buffer = new char[16 * 1024];
        for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
        {
            var lines = (rest + new string(buffer, 0, read)).Split('\n');
            foreach (var line in lines[..^1]) yield return line;
            rest = lines[^1];
        }
    }
}
