namespace CountingKit.Testing.EventStoreDb.Log;

internal enum ExpectedKind
{
    Revision,
    NoStream,
    Any,
    StreamExists,
}

/// <summary>What a writer says of the stream it writes to.</summary>
/// <param name="Revision">Of the stream's last event; meaningful for <see cref="ExpectedKind.Revision"/> only.</param>
internal readonly record struct Expected(ExpectedKind Kind, long Revision = 0)
{
    /// <summary>As the server counts: −1 no stream, −2 any, −4 stream exists.</summary>
    public long Number => Kind switch
    {
        ExpectedKind.Revision => Revision,
        ExpectedKind.NoStream => -1,
        ExpectedKind.Any => -2,
        _ => -4,
    };

    /// <summary>Whether the log must hold a certain revision, so that a repeat is known by the events' places.</summary>
    public bool IsExact => Kind is ExpectedKind.Revision or ExpectedKind.NoStream;
}
