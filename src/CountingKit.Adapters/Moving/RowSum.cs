using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CountingKit.Adapters.Moving;

/// <summary>
/// Tells whether two tables hold the same rows without sorting them or holding them: how many there are, and the sum of
/// their SHA-256 values. Times count to the microsecond, which is what PostgreSQL keeps.
/// </summary>
internal readonly record struct RowSum(long Rows, ulong A, ulong B, ulong C, ulong D)
{
    public RowSum With(IEntityType table, object row)
    {
        var text = new StringBuilder();
        foreach (var property in table.GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var value = Text(property.PropertyInfo!.GetValue(row));
            text.Append(CultureInfo.InvariantCulture, $"{property.Name}={value?.Length ?? -1}:{value};");
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return new(Rows + 1, A + Part(0), B + Part(1), C + Part(2), D + Part(3));

        ulong Part(int index) => BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(index * 8));
    }

    /// <summary>A text as both databases can keep it.</summary>
    public static string Kept(string text) => text.Replace('\0', '\uFFFD');

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => Kept(text),
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime time => (time.Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture),
        DateTimeOffset time => (time.UtcTicks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
