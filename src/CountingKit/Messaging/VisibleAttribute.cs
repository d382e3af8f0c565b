using System.ComponentModel.DataAnnotations;

namespace CountingKit.Messaging;

/// <summary>
/// A name, or each of several, in which a reader sees something. Whether it may be left out is not asked here.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class VisibleAttribute() : ValidationAttribute("A name needs at least one visible character.")
{
    public override bool IsValid(object? value) => value switch
    {
        string text => Shows(text),
        IEnumerable<string> texts => texts.All(Shows),
        _ => true,
    };

    private static bool Shows(string text) => string.IsNullOrWhiteSpace(text) || PlainText.IsVisible(text);
}
