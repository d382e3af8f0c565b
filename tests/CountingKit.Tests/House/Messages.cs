using System.Reflection;
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

    [Fact]
    public void There_are_messages() => Found.Should().HaveCountGreaterThan(20);
}
