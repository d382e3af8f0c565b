using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CountingKit.Datasets;

/// <summary>
/// Texts out of JSON, hostile ones too: half a surrogate pair (a text that was cut inside an emoji) or a broken UTF-8
/// sequence reads as U+FFFD where <see cref="Utf8JsonReader.GetString"/> would give up the whole record.
/// </summary>
internal static class JsonText
{
    public static string Read(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Mend(Unescape(Encoding.UTF8.GetString(json.ValueSpan)));
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
