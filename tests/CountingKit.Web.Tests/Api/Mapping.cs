using AutoMapper;
using AutoMapper.Internal;
using CountingKit.Web.Features.Api;

namespace CountingKit.Web.Tests.Api;

public sealed class Mapping
{
    private static readonly MapperConfiguration Mapper = new(mapper => mapper.AddProfile<ApiProfile>());

    [Fact]
    public void Every_member_of_every_resource_comes_from_somewhere() => Mapper.AssertConfigurationIsValid();

    /// <summary>This AutoMapper follows such a type as deep as the data goes, until the stack ends.</summary>
    [Fact]
    public void No_type_that_is_mapped_can_hold_itself()
    {
        var mapped = Mapper.Internal().GetAllTypeMaps();

        mapped.Should().NotBeEmpty();
        mapped.SelectMany(map => new[] { map.SourceType, map.DestinationType }).Should().OnlyContain(type => !Recurs(type, type, 0));
        Recurs(typeof(Branch), typeof(Branch), 0).Should().BeTrue("else the look sees nothing");
    }

    /// <summary>Whether the type is met again within the types of our own that it holds.</summary>
    private static bool Recurs(Type start, Type type, int depth) =>
        depth > 20 || type.GetProperties().SelectMany(p => Held(p.PropertyType)).Where(IsOurs)
            .Any(held => held == start || Recurs(start, held, depth + 1));

    private static IEnumerable<Type> Held(Type type) =>
        type.IsArray ? Held(type.GetElementType()!) : type.IsGenericType ? type.GetGenericArguments().SelectMany(Held) : [type];

    private static bool IsOurs(Type type) =>
        !type.IsEnum && type.Namespace?.StartsWith(nameof(CountingKit), StringComparison.Ordinal) is true;

    private sealed record Branch(IReadOnlyList<Twig?> Twigs);

    private sealed record Twig(Branch? Of);
}
