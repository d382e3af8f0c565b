namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>Where one node listens. Two that differ in the case of their host's letters are one.</summary>
internal readonly record struct NodeEndPoint(string Host, int Port)
{
    public bool Equals(NodeEndPoint other) =>
        Port == other.Port && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Host), Port);

    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
