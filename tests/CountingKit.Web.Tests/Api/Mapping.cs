using AutoMapper;
using CountingKit.Runs;
using CountingKit.Web.Features.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace CountingKit.Web.Tests.Api;

public sealed class Mapping
{
    [Fact]
    public void Every_member_of_every_resource_comes_from_somewhere() =>
        new MapperConfiguration(mapper => mapper.AddProfile<ApiProfile>(), NullLoggerFactory.Instance)
            .AssertConfigurationIsValid();

    [Theory]
    [InlineData(RunStatus.Waiting, "CK-XERO-LIMIT-01", "CK-XERO-LIMIT-01")]
    [InlineData(RunStatus.Canceled, "CK-XERO-LIMIT-01", null)]
    [InlineData(RunStatus.Canceled, null, null)]
    [InlineData(RunStatus.Canceled, "CK-RUN-30", "CK-RUN-30")]
    public void A_run_that_a_person_canceled_has_no_code_whatever_it_had_waited_for(RunStatus status, string? code, string? told)
    {
        var row = new RunRow
        {
            ExporterName = "Invoices", Connections = "", Actor = "system", SpreadsheetId = "s", TabTitle = "Invoices",
            Status = status, Code = code, Message = code is null ? null : "It is so.",
        };

        var run = new MapperConfiguration(mapper => mapper.AddProfile<ApiProfile>(), NullLoggerFactory.Instance)
            .CreateMapper().Map<RunResource>(row);

        (run.Code, run.Message).Should().Be((told, told is null ? null : "It is so."));
    }
}
