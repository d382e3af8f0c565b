using System.ComponentModel.DataAnnotations;
using System.Reflection;
using CountingKit.Exporters;
using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Tests.House;

public sealed class Messages
{
    private static readonly Type[] Core = typeof(CountingKitRegistration).Assembly.GetTypes();

    private static readonly Type[] Found = [.. Core.Where(t => t is { IsClass: true, IsAbstract: false }
        && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)))];

    public static TheoryData<Type> All => [.. Found];

    [Theory, MemberData(nameof(All))]
    public void Each_asks_for_one_permission_and_has_one_handler(Type message)
    {
        message.GetCustomAttributes<AsksAttribute>().Should().ContainSingle();
        message.Should().Implement<IMessage>();
        Core.Where(t => t.GetInterfaces().Any(i => i.IsGenericType
                && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) && i.GenericTypeArguments[0] == message))
            .Should().ContainSingle();
    }

    [Theory, MemberData(nameof(All))]
    public void Each_says_which_organizations_it_touches_once(Type message)
    {
        var said = message.GetCustomAttribute<TouchesAttribute>();

        OrganizationsOf.Message(message).Should().NotBeNull("silence is no answer; none is one");
        if (said is null) OrganizationsOf.Message(message).Should().Be(Organizations.Named);
        else OrganizationsOf.Message(message).Should().Be(said.Organizations).And.NotBe(Organizations.Named);
    }

    [Theory, MemberData(nameof(All))]
    public void Each_text_and_list_has_a_bound(Type message) => Unbounded(message).Should().BeEmpty();

    /// <summary>Texts and lists that may be of any length; ids are known, and a configuration is bound as a whole.</summary>
    private static IEnumerable<string> Unbounded(Type type) => type.GetProperties().Where(p => p.CanWrite)
        .SelectMany(property => property.PropertyType switch
        {
            var t when t == typeof(ExporterConfiguration) => [],
            var t when t == typeof(string) || (t.IsGenericType && t.IsAssignableTo(typeof(System.Collections.IEnumerable))) =>
                property.GetCustomAttribute<MaxLengthAttribute>() is null ? [$"{type.Name}.{property.Name}"] : (string[])[],
            { IsClass: true } t when t.Assembly == type.Assembly => Unbounded(t),
            _ => [],
        });

    [Fact]
    public void There_are_messages() => Found.Should().HaveCountGreaterThan(20);
}
