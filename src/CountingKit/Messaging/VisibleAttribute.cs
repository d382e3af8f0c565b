using System.ComponentModel.DataAnnotations;

namespace CountingKit.Messaging;

/// <summary>
/// A text, or each of several, in which a reader sees something. Whether it may be left out is not asked here.
/// </summary>
/// <param name="what">What the text is, as its refusal begins: "A tag".</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class VisibleAttribute(string what = "A name")
    : ValidationAttribute($"{what} needs at least one visible character.")
{
    public string What { get; } = what;

    public override bool IsValid(object? value) => value switch
    {
        string text => Shows(text),
        IEnumerable<string> texts => texts.All(Shows),
        _ => true,
    };

    private static bool Shows(string text) => string.IsNullOrWhiteSpace(text) || PlainText.IsVisible(text);
}
