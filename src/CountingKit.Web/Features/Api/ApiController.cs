using AutoMapper;
using CountingKit.Connections;
using CountingKit.Datasets;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using CountingKit.Web.Security;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Features.Api;

/// <summary>What there is to export, from where and to where.</summary>
public sealed class ApiController(IMediator mediator, IMapper mapper) : ApiBase(mediator)
{
    [HttpGet("connections"), Needs(Permission.View)]
    public async Task<IReadOnlyList<ConnectionResource>> Connections(CancellationToken ct) =>
        mapper.Map<IReadOnlyList<ConnectionResource>>((await Mediator.Send(new ListConnections(), ct)).Items);

    [HttpGet("spreadsheets"), Needs(Permission.View)]
    public async Task<IReadOnlyList<SpreadsheetResource>> Spreadsheets(CancellationToken ct) =>
        mapper.Map<IReadOnlyList<SpreadsheetResource>>((await Mediator.Send(new ListSpreadsheets(), ct)).Spreadsheets);

    [HttpGet("datasets"), Needs(Permission.View)]
    public IReadOnlyList<DatasetResource> Datasets() => [.. DatasetCatalogue.All.Select(DatasetResource.Of)];
}
