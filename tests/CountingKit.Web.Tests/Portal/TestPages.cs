using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CountingKit.Adapters.Files;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.History;
using CountingKit.Messaging;
using CountingKit.Web.Features.History;
using CountingKit.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace CountingKit.Web.Tests.Portal;

/// <summary>Actions that end in every way an action can, for the tests of what the portal then answers.</summary>
public sealed class TestPagesController : Controller
{
    [HttpGet("/test/{way}"), Needs(Permission.View)]
    public IActionResult Show(string way) => End(way);

    [HttpPost("/test/{way}"), Needs(Permission.View)]
    public IActionResult Do(string way) => End(way);

    [HttpGet("/test/connect"), Needs(Permission.Connect)]
    public IActionResult ForAdmins() => Ok();

    [HttpGet("/api/test/{way}"), Needs(Permission.View)]
    public IActionResult Answer(string way) => End(way);

    /// <summary>A file whose rows fail after some were sent.</summary>
    [HttpGet("/test/broken/{format}"), Needs(Permission.View)]
    public IActionResult Broken(FileFormat format) => new FileDownload(
        new("Rows", format, [new("Text", ColumnType.Text)], Failing(HttpContext.RequestAborted)), new FileChoices());

    private static async IAsyncEnumerable<CellValue[]> Failing([EnumeratorCancellation] CancellationToken ct)
    {
        for (var i = 0; i < 40_000; i++)
            yield return [CellValue.Text(Convert.ToHexString(SHA256.HashData(BitConverter.GetBytes(i))))];
        await Task.Delay(1, ct);
        throw new IOException("The disk is gone.");
    }

    private OkResult End(string way) => way switch
    {
        "fine" => Ok(),
        "refused" => throw new RefusedException("CK-TEST-01", "The moon is <full>."),
        "missing" => throw new NotFoundException(),
        "forbidden" => throw new ForbiddenException(Permission.Connect),
        "stranger" => throw new StrangerException(),
        "away" => throw new EventStoreUnavailableException("The disk said no."),
        "invalid" => throw new InvalidMessageException([new("Give it a name.")]),
        _ => throw new InvalidOperationException("A bug with a secret in it."),
    };
}
