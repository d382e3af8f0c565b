using System.Collections;
using CountingKit.Audit;
using CountingKit.EventSourcing;

namespace CountingKit.Web.Tests.Audit;

public sealed class WordsForEvents
{
    public static TheoryData<Type> Events => new(typeof(IEvent).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IEvent))));

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_words_a_target_and_a_stored_name(Type type)
    {
        var @event = (IEvent)Make(type)!;

        var entry = AuditEntry.Of(@event);

        entry.Action.Should().NotBeNullOrWhiteSpace();
        entry.TargetKind.Should().NotBeNullOrWhiteSpace();
        entry.TargetId.Should().NotBeEmpty();
        CountingKitRegistration.Events().NameOf(@event).Should().MatchRegex(@"^[a-z-]+\.v\d+$");
    }

    [Fact]
    public void An_event_without_words_is_an_error() =>
        FluentActions.Invoking(() => AuditEntry.Of(new Wordless())).Should().Throw<InvalidOperationException>()
            .WithMessage("*Wordless*");

    private static object? Make(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is not null) return null;
        if (type == typeof(Guid)) return Guid.CreateVersion7();
        if (type == typeof(string)) return "text";
        if (type.IsValueType) return Activator.CreateInstance(type);
        if (type.IsInterface && type.IsAssignableTo(typeof(IEnumerable))) return Empty(type);

        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType))]);
    }

    private static object Empty(Type list) => list.GetGenericArguments() switch
    {
        [var item] => Array.CreateInstance(item, 0),
        [var key, var value] => Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(key, value))!,
        _ => throw new NotSupportedException(list.Name),
    };

    private sealed record Wordless : IEvent;
}
