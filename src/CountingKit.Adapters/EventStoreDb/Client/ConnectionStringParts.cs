using System.Globalization;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>A connection string taken apart. No message repeats any of its text: a mistake may move a password anywhere.</summary>
internal sealed record ConnectionStringParts(
    bool Discovers, UserCredentials? Credentials, IReadOnlyList<NodeEndPoint> Nodes, string Options)
{
    private const int DefaultPort = 2113;
    private const string Discover = "+discover";

    private static readonly string[] Schemes = ["esdb", "kurrentdb", "kurrent", "kdb"];

    /// <summary>Whether the text names one of the schemes; the rest of it may still be wrong.</summary>
    public static bool HasScheme(string connectionString) =>
        connectionString.IndexOf("://", StringComparison.Ordinal) is > 0 and var end && SchemeOf(connectionString[..end]) is not null;

    public static ConnectionStringParts Split(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var colon = connectionString.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0 || SchemeOf(connectionString[..colon]) is not { } discovers)
            throw new FormatException(
                "A connection string begins with esdb://, kurrentdb://, kurrent:// or kdb://, or one of them with +discover.");

        var rest = connectionString[(colon + 3)..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var options = question < 0 ? "" : rest[(question + 1)..];
        if (question >= 0) rest = rest[..question];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && slash != rest.Length - 1)
            throw new FormatException("Nothing may stand behind the hosts' / but options; a / in user or password is written %2F.");
        if (slash >= 0) rest = rest[..slash];

        var at = rest.LastIndexOf('@');
        return new(
            discovers,
            at < 0 ? null : User(rest[..at]),
            [.. rest[(at + 1)..].Split(',').Select(Node)],
            options);
    }

    /// <summary>Whether the scheme asks for discovery; null = none of ours.</summary>
    private static bool? SchemeOf(string scheme)
    {
        var discovers = scheme.EndsWith(Discover, StringComparison.OrdinalIgnoreCase);
        var name = discovers ? scheme[..^Discover.Length] : scheme;
        return Schemes.Contains(name, StringComparer.OrdinalIgnoreCase) ? discovers : null;
    }

    private static UserCredentials User(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == text.Length - 1)
            throw new FormatException("User and password are given as user:password@, both of them.");
        return new(Decode(text[..colon]), Decode(text[(colon + 1)..]));
    }

    private static string Decode(string text)
    {
        for (var i = text.IndexOf('%', StringComparison.Ordinal); i >= 0; i = text.IndexOf('%', i + 1))
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                throw new FormatException("User and password are percent-encoded; a % in them is written %25.");
        return Uri.UnescapeDataString(text);
    }

    private static NodeEndPoint Node(string text)
    {
        if (text.Length == 0) throw new FormatException("A host is missing.");
        var bracket = text[0] == '[' ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        if (text[0] == '[' && bracket < 0) throw new FormatException("A host's address begins with [ and has no ].");

        var colon = text.IndexOf(':', bracket + 1);
        var host = bracket > 0 ? text[1..bracket] : colon < 0 ? text : text[..colon];
        var type = Uri.CheckHostName(host);
        if (type == UriHostNameType.Unknown || (bracket > 0 && (type != UriHostNameType.IPv6
            || (colon < 0 ? text.Length : colon) != bracket + 1)))
            throw new FormatException("A host is neither a name nor an address.");
        return new(host, colon < 0 ? DefaultPort : Port(text[(colon + 1)..]));
    }

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65_535
            ? port
            : throw new FormatException("A port is a number from 1 to 65535.");
}
