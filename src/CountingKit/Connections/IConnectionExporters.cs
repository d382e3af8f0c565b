namespace CountingKit.Connections;

/// <summary>The exporters that read an organization. They lean on connections, not these on them.</summary>
public interface IConnectionExporters
{
    /// <summary>
    /// Those of this organization alone are deleted and their runs canceled; the others lose it. Finds what is left to
    /// do.
    /// </summary>
    Task Remove(Guid connectionId, CancellationToken ct);
}
