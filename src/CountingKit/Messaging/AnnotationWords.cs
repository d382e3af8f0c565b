using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace CountingKit.Messaging;

/// <summary>What an annotation asks for, as a person reads it: the framework's own sentences speak of fields and types.</summary>
public static partial class AnnotationWords
{
    /// <summary>For <see cref="ValidationAttribute.ErrorMessage"/>, with <c>{0}</c> for <see cref="NameOf"/>.</summary>
    /// <returns>Null = the annotation has words of its own.</returns>
    public static string? Of(ValidationAttribute annotation, Type type) => annotation switch
    {
        { ErrorMessage: not null } => null,
        RequiredAttribute => "{0} is missing.",
        MaxLengthAttribute { Length: var most } when type == typeof(string) => $"{{0}}: at most {most:N0} characters.",
        MaxLengthAttribute { Length: var most } => $"{{0}}: at most {most:N0}.",
        RangeAttribute { Minimum: var least, Maximum: var most } => $"{{0}}: between {least:N0} and {most:N0}.",
        EmailAddressAttribute => "{0}: this is not an email address.",
        _ => null,
    };

    /// <summary>"Client code" for <c>ClientCode</c>.</summary>
    public static string NameOf(string property)
    {
        var words = Hump().Replace(property, " ").ToLowerInvariant();
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Hump();
}
