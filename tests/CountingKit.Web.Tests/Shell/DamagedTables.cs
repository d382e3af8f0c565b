using Microsoft.Extensions.Logging.Abstractions;
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
    [InlineData(true, false, "CK-STORE-10")]
    [InlineData(false, false, "CK-STORE-03")]
    [InlineData(false, true, "CK-STORE-18")]
    public async Task Until_it_is_mended_the_answer_says_what_is_going_on(
        bool mayBeDamaged, bool isGone, string code) =>
        (await Answer(mayBeDamaged, isGone, new SqliteException("malformed", Malformed))).Should().Contain(code);

    [Fact]
    public async Task Where_the_folder_is_gone_the_answer_names_the_setting_that_says_where_it_was() =>
        (await Answer(mayBeDamaged: false, isGone: true, new FolderGoneException("/srv/data"))).Should()
            .Contain("CK-STORE-18").And.Contain("Database__ConnectionString").And.NotContain("/srv/data");

    [Fact]
    public void Folders_are_made_at_the_start_so_that_one_that_is_missing_later_was_moved_away()
    {
        using var client = portal.CreateClient();

        Directory.Exists(portal.Folder["mirror"]).Should().BeTrue();
    }

    private async Task<string> Answer(bool mayBeDamaged, bool isGone, Exception failure)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var readModels = new ReadModels(
            new Suspect(mayBeDamaged, isGone), services.GetRequiredService<ReactorCheckpoints>(), TimeProvider.System);
        var handler = new OutageHandler(
            services.GetRequiredService<IModelMetadataProvider>(), services.GetRequiredService<Outages>(), readModels,
            NullLogger<OutageHandler>.Instance);
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Request = { Path = "/api/v1/runs" }, Response = { Body = body } };

        (await handler.TryHandleAsync(context, failure, default)).Should().BeTrue();

        context.Response.StatusCode.Should().Be(StatusCodes.Status503ServiceUnavailable);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    private sealed class Suspect(bool mayBeDamaged, bool isGone) : IReadDatabases
    {
        public bool MayBeDamaged => mayBeDamaged;

        public bool IsGone => isGone;

        public ReadDb Open() => throw new NotSupportedException();

        public ReadDb OpenFresh() => throw new NotSupportedException();

        public ReadDb OpenFilling() => throw new NotSupportedException();

        public IRowWriter Writer(ReadDb db) => throw new NotSupportedException();

        public void Index() => throw new NotSupportedException();

        public void Switch() => throw new NotSupportedException();

        public Task<string?> SetAsideDamaged(CancellationToken ct) => throw new NotSupportedException();
    }
}
