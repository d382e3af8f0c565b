using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CountingKit.Datasets;

/// <summary>
/// Texts out of JSON, hostile ones too: half a surrogate pair (a text that was cut inside an emoji), a broken UTF-8
/// sequence and U+0000 (behind which others cut a text off) read as U+FFFD where
/// <see cref="Utf8JsonReader.GetString"/> would give up the whole record.
/// </summary>
internal static class JsonText
{
    private const char Replacement = '\uFFFD';

    /// <summary>No depth is too deep: nobody walks a record by recursion.</summary>
    public static JsonReaderOptions AnyDepth { get; } = new() { MaxDepth = int.MaxValue };

    public static string Read(ref Utf8JsonReader json) => Read(ref json, out _);

    /// <param name="isMended">True = something was replaced: another text may read the same.</param>
    public static string Read(ref Utf8JsonReader json, out bool isMended)
    {
        string text;
        try
        {
            text = json.GetString() ?? "";
            isMended = text.Contains('\0');
        }
        catch (InvalidOperationException)
        {
            text = Mend(Unescape(Encoding.UTF8.GetString(json.ValueSpan)));
            isMended = true;
        }

        return text.Replace('\0', Replacement);
    }

    /// <summary>Whether the property is called so; one whose name is no text is called like nothing.</summary>
    public static bool IsCalled(ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        if (!json.ValueIsEscaped) return json.ValueSpan.SequenceEqual(name);
        try
        {
            return json.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Mend(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static char Escaped(char letter) => letter switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => letter,
    };

    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                var code = raw.AsSpan(i + 1, 4);
                text.Append((char)ushort.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
                text.Append(Escaped(raw[i]));
        }

        return text.ToString();
    }
}
