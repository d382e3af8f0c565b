using AutoMapper;
using CountingKit.Web.Features.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace CountingKit.Web.Tests.Api;

public sealed class Mapping
{
    [Fact]
    public void Every_member_of_every_resource_comes_from_somewhere() =>
        new MapperConfiguration(mapper => mapper.AddProfile<ApiProfile>(), NullLoggerFactory.Instance)
            .AssertConfigurationIsValid();
}
