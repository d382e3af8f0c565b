using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CountingKit.Messaging;

/// <summary>A secret, such as a pasted key: not part of what is remembered of a command.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>What a command says, in one form for all: whether two of them say the same.</summary>
internal static class CommandBody
{
    private static readonly JsonSerializerOptions Canonical = new()
    {
        // A field that came with a later version changes nothing for those that leave it out.
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { InOrder } },
    };

    /// <summary>SHA-256 in hex, without the number and without secrets.</summary>
    public static string HashOf(IMessage command) => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), Canonical)));

    private static void InOrder(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object) return;
        var said = info.Properties
            .Where(p => p.Name != nameof(ICommand<>.CommandId) && !IsSecret(p))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ToList();
        info.Properties.Clear();
        foreach (var property in said) info.Properties.Add(property);
    }

    private static bool IsSecret(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(SecretAttribute), inherit: true) == true;
}
