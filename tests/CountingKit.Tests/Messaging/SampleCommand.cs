using System.Collections;
using System.Reflection;
using CountingKit.Messaging;

namespace CountingKit.Tests.Messaging;

/// <summary>Any command, made of made-up values, and what it would be with one of them changed.</summary>
internal static class SampleCommand
{
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. typeof(CountingKitRegistration).Assembly.GetTypes().Where(type => !type.IsInterface && type.GetInterfaces().Any(
            i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>))),
    ];

    public static IMessage Of(Type type, Guid number) => (IMessage)Make(
        type, parameter => parameter.Name == nameof(ICommand<>.CommandId) ? number : Value(parameter.ParameterType));

    /// <summary>The command once for each thing that it says, with that alone said otherwise.</summary>
    public static IEnumerable<(string Name, bool IsSecret, IMessage Command)> Variants(IMessage command) =>
        Parameters(command.GetType()).Where(p => p.Name != nameof(ICommand<>.CommandId)).Select(changed => (
            changed.Name!,
            command.GetType().GetProperty(changed.Name!)!.IsDefined(typeof(SecretAttribute)),
            (IMessage)Make(command.GetType(), parameter =>
            {
                var value = command.GetType().GetProperty(parameter.Name!)!.GetValue(command);
                return parameter == changed ? Another(parameter.ParameterType, value) : value;
            })));

    /// <summary>The command once for each text in it, also in its lists and parts, with that alone far too long.</summary>
    public static IEnumerable<(string Text, IMessage Command)> TooLong(Type type) =>
        WaysToTexts(type).Select(way => (string.Join('.', way), With(type, way, new string('x', 100_000))));

    /// <summary>The command with a text at one of its <see cref="WaysToTexts"/>.</summary>
    public static IMessage With(Type type, string[] way, string text) => (IMessage)Placed(type, way, text);

    /// <summary>Where texts are in a value of that type: parameter by parameter, <c>[]</c> for what is in a list.</summary>
    public static IEnumerable<string[]> WaysToTexts(Type type)
    {
        if (type == typeof(string)) return [[]];
        if (ItemOf(type) is { } item) return WaysToTexts(item).Select(rest => (string[])["[]", .. rest]);
        return type.IsClass && type.Assembly == typeof(CountingKitRegistration).Assembly
            ? Parameters(type).SelectMany(p => WaysToTexts(p.ParameterType).Select(rest => (string[])[p.Name!, .. rest]))
            : [];
    }

    private static object Placed(Type type, string[] way, string text) => way switch
    {
        [] => text,
        ["[]", .. var rest] => ListOf(ItemOf(type)!, [Placed(ItemOf(type)!, rest, text)]),
        [var name, .. var rest] => Make(
            type, p => p.Name == name ? Placed(p.ParameterType, rest, text) : Value(p.ParameterType)),
    };

    /// <returns>Null = it is no list.</returns>
    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GenericTypeArguments[0] : null;

    private static IList ListOf(Type item, IEnumerable<object> items)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        foreach (var each in items) list.Add(each);
        return list;
    }

    private static ParameterInfo[] Parameters(Type type) => type.GetConstructors()
        .OrderByDescending(c => c.GetParameters().Length).First().GetParameters();

    private static object Make(Type type, Func<ParameterInfo, object?> value) =>
        Activator.CreateInstance(type, [.. Parameters(type).Select(value)])!;

    private static object Value(Type type, int items = 1)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(Guid)) return Guid.CreateVersion7();
        if (type == typeof(string)) return "said";
        if (type == typeof(bool)) return true;
        if (type == typeof(int)) return 3;
        if (type == typeof(Uri)) return new Uri("http://localhost/said");
        if (type == typeof(DateOnly)) return new DateOnly(2026, 4, 5);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(1)!;
        if (ItemOf(type) is { } item) return ListOf(item, Enumerable.Range(0, items).Select(_ => Value(item)));
        return Make(type, parameter => Value(parameter.ParameterType));
    }

    private static object? Another(Type type, object? value) => value switch
    {
        string text => text + " otherwise",
        bool said => !said,
        int number => number + 1,
        Uri address => new Uri(address, "otherwise"),
        Enum => Enum.GetValues(Nullable.GetUnderlyingType(type) ?? type).GetValue(0),
        not null when type.IsClass && type.Assembly == typeof(CountingKitRegistration).Assembly => Make(type, parameter =>
        {
            var part = type.GetProperty(parameter.Name!)!.GetValue(value);
            return parameter.Position == 0 ? Another(parameter.ParameterType, part) : part;
        }),
        _ => Value(type, items: 2),
    };
}
