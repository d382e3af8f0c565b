namespace CountingKit.Sandbox.Hosting;

/// <summary>Standard input, held open by whoever started the sandbox: its end is the parent's end.</summary>
internal static class ParentPipe
{
    public static async Task Closed(CancellationToken ct)
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (await input.ReadAsync(buffer, ct) > 0)
        {
            // What the parent writes means nothing; only the end of the pipe does.
        }
    }
}
