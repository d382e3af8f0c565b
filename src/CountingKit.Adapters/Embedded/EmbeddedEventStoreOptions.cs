namespace CountingKit.Adapters.Embedded;

/// <summary>Where the embedded event store lies, and how patient it is.</summary>
/// <param name="Path">The SQLite file; it and its folder are made at first use.</param>
public sealed record EmbeddedEventStoreOptions(string Path)
{
    private const string Scheme = "sqlite:";

    /// <summary>How often a waiting subscription looks for what other processes appended.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long an append waits for another process that is writing.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <param name="connectionString"><c>sqlite:path</c>.</param>
    /// <param name="root">Where a relative path counts from.</param>
    /// <exception cref="FormatException">Anything else.</exception>
    public static EmbeddedEventStoreOptions Parse(string connectionString, string root)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        if (!connectionString.StartsWith(Scheme, StringComparison.Ordinal) || connectionString.Length == Scheme.Length)
            throw new FormatException("The embedded event store's connection string reads sqlite:path.");
        return new(System.IO.Path.GetFullPath(connectionString[Scheme.Length..], root));
    }
}
