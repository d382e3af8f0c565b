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
        if (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)))
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type.GenericTypeArguments))!;
            for (var i = 0; i < items; i++) list.Add(Value(type.GenericTypeArguments[0]));
            return list;
        }

        return Make(type, parameter => Value(parameter.ParameterType));
    }

    private static object? Another(Type type, object? value) => value switch
    {
        string text => text + " otherwise",
        bool said => !said,
        int number => number + 1,
        Uri address => new Uri(address, "otherwise"),
        Enum => Enum.GetValues(Nullable.GetUnderlyingType(type) ?? type).GetValue(0),
        _ => Value(type, items: 2),
    };
}
