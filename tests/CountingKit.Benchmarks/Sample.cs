using CountingKit.EventSourcing;

namespace CountingKit.Benchmarks;

/// <summary>An event of a usual size: 200 bytes of data, 150 of metadata.</summary>
internal static class Sample
{
    private static readonly byte[] Data = new byte[200];
    private static readonly byte[] Metadata = new byte[150];

    public static EventData Event() => new(Guid.CreateVersion7(), "organization-connected.v1", Data, Metadata);
}
