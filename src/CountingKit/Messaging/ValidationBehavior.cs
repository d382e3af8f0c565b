using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using MediatR;

namespace CountingKit.Messaging;

/// <summary>
/// Checks the shape of a message, and of what is in it, by the annotations on properties; and that each text is text.
/// Rules belong to decisions.
/// </summary>
public sealed class ValidationBehavior<TRequest, TResponse>
    : IPipelineBehavior<TRequest, TResponse> where TRequest : IRequest<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        var found = new List<ValidationResult>();
        MessageShape.Check(request, found);
        return found.Count == 0 ? next() : throw new InvalidMessageException(found);
    }
}

internal static class MessageShape
{
    private static readonly Assembly Own = typeof(MessageShape).Assembly;
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    public static void Check(object part, List<ValidationResult> found)
    {
        foreach (var property in Known.GetOrAdd(part.GetType(), Readable))
        {
            var value = property.GetValue(part);
            foreach (var annotation in property.GetCustomAttributes<ValidationAttribute>())
                if (!annotation.IsValid(value)) found.Add(new(Words(annotation, property), [property.Name]));
            CheckValue(value, property.Name, found);
        }
    }

    private static string Words(ValidationAttribute annotation, PropertyInfo property)
    {
        var name = AnnotationWords.NameOf(property.Name);
        return AnnotationWords.Of(annotation, property.PropertyType) is { } words
            ? string.Format(CultureInfo.InvariantCulture, words, name)
            : annotation.FormatErrorMessage(name);
    }

    private static void CheckValue(object? value, string name, List<ValidationResult> found)
    {
        switch (value)
        {
            case string text:
                if (!PlainText.Is(text))
                    found.Add(new($"{FormCodes.OddText.Title}. {FormCodes.OddText.Advice} {FormCodes.OddText.Code}", [name]));
                break;
            case IEnumerable several:
                foreach (var each in several) CheckValue(each, name, found);
                break;
            case not null when value.GetType() is { IsClass: true } type && type.Assembly == Own:
                Check(value, found);
                break;
        }
    }

    private static PropertyInfo[] Readable(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0),
    ];
}

/// <summary>A message's shape is wrong; the page shows it at the field where it was given.</summary>
public sealed class InvalidMessageException(IReadOnlyList<ValidationResult> found)
    : Exception(string.Join(" ", found.Select(f => f.ErrorMessage).Distinct()))
{
    public IReadOnlyList<ValidationResult> Found { get; } = found;
}
