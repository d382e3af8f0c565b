using CountingKit.EventSourcing;
using CountingKit.Web.Features.Errors;
using CountingKit.Web.Tests.Portal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Shell;

/// <summary>A page meets damage in the tables that it reads, and somebody looks into it.</summary>
public sealed class DamagedTables(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const int Malformed = 11;

    [Theory]
    [InlineData(true, "CK-STORE-10")]
    [InlineData(false, "CK-STORE-03")]
    public async Task Until_it_is_mended_the_answer_says_what_is_going_on(bool mayBeDamaged, string code) =>
        (await Answer(mayBeDamaged, new SqliteException("malformed", Malformed))).Should().Contain(code);

    [Fact]
    public async Task Where_the_folder_is_gone_the_answer_names_the_setting_that_says_where_it_was() =>
        (await Answer(mayBeDamaged: false, new FolderGoneException("/srv/data"))).Should()
            .Contain("CK-STORE-18").And.Contain("Database__ConnectionString").And.NotContain("/srv/data");

    private async Task<string> Answer(bool mayBeDamaged, Exception failure)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var readModels = new ReadModels(
            new Suspect(mayBeDamaged), services.GetRequiredService<ReactorCheckpoints>(), TimeProvider.System);
        var handler = new OutageHandler(
            services.GetRequiredService<IModelMetadataProvider>(), services.GetRequiredService<Outages>(), readModels);
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Request = { Path = "/api/v1/runs" }, Response = { Body = body } };

        (await handler.TryHandleAsync(context, failure, default)).Should().BeTrue();

        context.Response.StatusCode.Should().Be(StatusCodes.Status503ServiceUnavailable);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    private sealed class Suspect(bool mayBeDamaged) : IReadDatabases
    {
        public bool MayBeDamaged => mayBeDamaged;

        public ReadDb Open() => throw new NotSupportedException();

        public ReadDb OpenFresh() => throw new NotSupportedException();

        public ReadDb OpenFilling() => throw new NotSupportedException();

        public IRowWriter Writer(ReadDb db) => throw new NotSupportedException();

        public void Index() => throw new NotSupportedException();

        public void Switch() => throw new NotSupportedException();

        public Task<string?> SetAsideDamaged(CancellationToken ct) => throw new NotSupportedException();
    }
}
