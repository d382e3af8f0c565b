using System.Net;
using System.Text.Json;
using CountingKit.EventSourcing;
using CountingKit.Testing.Storage;
using CountingKit.Web.Tests.Portal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Shell;

/// <summary>The log can be read and takes nothing: whoever looks after the portal finds that, and why.</summary>
public sealed class AppendsThatFail : IAsyncLifetime
{
    private readonly ListenedTo portal = new() { Storage = StorageKind.Sqlite };

    public Task InitializeAsync() => portal.InitializeAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Health_tells_it_until_an_append_succeeds()
    {
        await using (var other = new SqliteConnection($"Data Source={portal.StorageInUse.EventStore["sqlite:".Length..]};Pooling=false"))
        {
            await other.OpenAsync();
            await using var hold = new SqliteCommand("BEGIN IMMEDIATE", other);
            await hold.ExecuteNonQueryAsync();
            await FluentActions.Awaiting(Append).Should().ThrowAsync<EventStoreUnavailableException>();

            (await Told()).Should().Contain("the last event could not be appended");
        }

        await Append();
        (await Told()).Should().Be("Healthy");
    }

    [Fact]
    public async Task The_cause_of_an_answer_that_says_so_stands_in_the_portal_s_log()
    {
        var page = await (await portal.Owner()).Get("/test/away");

        page.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        page.Text.Should().Contain("CK-STORE-01").And.NotContain("The disk said no.");
        portal.Lines.Should().Contain(line => line.Contains("CK-STORE-01, The disk said no."));
    }

    private Task<Appended> Append() => portal.Services.GetRequiredService<IEventStore>().Append(
        "somebody-s-own", ExpectedRevision.Any, [new(Guid.CreateVersion7(), "happened.v1", "{}"u8.ToArray(), "{}"u8.ToArray())], default);

    private async Task<string> Told()
    {
        using var answer = JsonDocument.Parse(await portal.Stranger().Http.GetStringAsync("/health/ready"));
        return answer.RootElement.GetProperty("checks").GetProperty("eventStore").GetString()!;
    }
}
