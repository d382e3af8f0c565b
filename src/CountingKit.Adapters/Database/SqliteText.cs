using System.Globalization;
using System.Text;

namespace CountingKit.Adapters.Database;

/// <summary>Values as Microsoft.Data.Sqlite writes them, in UTF-8. What is given holds until the next call.</summary>
internal sealed class SqliteText
{
    private byte[] buffer = new byte[4096];

    public ReadOnlySpan<byte> Of(string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (buffer.Length < most) buffer = new byte[most];
        return buffer.AsSpan(0, Encoding.UTF8.GetBytes(value, buffer));
    }

    /// <summary>In capitals.</summary>
    public ReadOnlySpan<byte> Of(Guid value)
    {
        value.TryFormat(buffer, out var length);
        var written = buffer.AsSpan(0, length);
        foreach (ref var letter in written)
            if (letter is >= (byte)'a' and <= (byte)'f') letter -= 'a' - 'A';
        return written;
    }

    public ReadOnlySpan<byte> Of(DateTime value)
    {
        value.TryFormat(buffer, out var length, @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return buffer.AsSpan(0, length);
    }
}
