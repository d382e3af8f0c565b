using System.Globalization;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>The <c>key=value</c> pairs behind the question mark. Keys in any case; each at most once; none unknown.</summary>
internal sealed class ConnectionOptions
{
    private readonly Dictionary<string, string> given = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    // A password with a question mark in it, not encoded, ends up here: then nothing of this text is repeated.
    private readonly bool mayBeSecret;

    public ConnectionOptions(string text)
    {
        mayBeSecret = text.Contains('@', StringComparison.Ordinal);
        if (text.Length == 0) return;
        foreach (var pair in text.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == pair.Length - 1)
                throw new FormatException("Options are given as key=value, separated by &.");
            if (!given.TryAdd(pair[..equals], Uri.UnescapeDataString(pair[(equals + 1)..])))
                throw new FormatException($"{Named(pair[..equals])} is given twice.");
        }
    }

    public bool YesOrNo(string key, bool otherwise) => Text(key) switch
    {
        null => otherwise,
        var text when bool.TryParse(text, out var value) => value,
        _ => throw new FormatException($"{key} is true or false."),
    };

    public int Number(string key, int otherwise, int least) => Text(key) switch
    {
        null => otherwise,
        var text when Whole(text) is { } value && value >= least => value,
        _ => throw new FormatException(string.Create(
            CultureInfo.InvariantCulture, $"{key} is a whole number, {least} or more.")),
    };

    public TimeSpan Milliseconds(string key, int otherwise, int least) =>
        TimeSpan.FromMilliseconds(Number(key, otherwise, least));

    /// <returns>Null = off, written -1.</returns>
    public TimeSpan? MillisecondsOrOff(string key, int otherwise) => Text(key) switch
    {
        null => TimeSpan.FromMilliseconds(otherwise),
        var text when Whole(text) is { } value and (-1 or > 0) => value < 0 ? null : TimeSpan.FromMilliseconds(value),
        _ => throw new FormatException($"{key} is a whole number of milliseconds, 1 or more; or -1 for off."),
    };

    public T Choice<T>(string key, T otherwise) where T : struct, Enum
    {
        if (Text(key) is not { } text) return otherwise;
        foreach (var value in Enum.GetValues<T>())
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase)) return value;
        throw new FormatException($"{key} is one of {string.Join(", ", Enum.GetNames<T>().Select(CamelCase))}.");
    }

    public string? Path(string key, string root) =>
        Text(key) is { } text ? System.IO.Path.GetFullPath(text, root) : null;

    /// <summary>Text that travels in a header.</summary>
    public string? HeaderText(string key) =>
        Text(key) is not { } text || text.All(c => c is >= ' ' and <= '~')
            ? Text(key)
            : throw new FormatException($"{key} has letters, digits and signs of ASCII only.");

    /// <summary>To be called once all known keys were asked for.</summary>
    public void CheckAllKnown()
    {
        if (given.Keys.FirstOrDefault(key => !known.Contains(key)) is { } key)
            throw new FormatException($"{Named(key)} is not known; known are {string.Join(", ", known)}.");
    }

    private string Named(string key) => mayBeSecret ? "An option" : $"The option {key}";

    private string? Text(string key)
    {
        known.Add(key);
        return given.GetValueOrDefault(key);
    }

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
