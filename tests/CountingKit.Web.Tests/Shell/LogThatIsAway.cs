using System.Runtime.CompilerServices;
using CountingKit.Adapters.Moving;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using CountingKit.Web.Hosting;
using CountingKit.Web.Tests.Portal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Web.Tests.Shell;

/// <summary>Many want to know at once whether the log is the vault's own, and it takes its time to say that it is away.</summary>
public sealed class LogThatIsAway(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task Who_waited_while_another_one_looked_is_told_what_that_one_met()
    {
        var away = new Away();
        var services = portal.Services;
        var check = new InstallationBinding(
            away, services.GetRequiredService<EventCatalog>(), services.GetRequiredService<IDbContextFactory<VaultDb>>(),
            services.GetRequiredService<OlderLogs>());
        await using var log = new CheckedLog(away, check, _ => { }, () => { }, TimeProvider.System);

        var asked = Enumerable.Range(0, 20).Select(_ => log.Problem(default)).ToList();

        foreach (var one in asked) await ((Func<Task>)(() => one)).Should().ThrowAsync<EventStoreUnavailableException>();
        away.Reads.Should().BeLessThan(3);
        await ((Func<Task>)(() => log.Problem(default))).Should().ThrowAsync<EventStoreUnavailableException>();
        away.Reads.Should().BeGreaterThan(1, "who asks later looks again");
    }

    private sealed class Away : IEventStore
    {
        private int reads;

        public int Reads => Volatile.Read(ref reads);

        public Task<Appended> Append(
            string stream, ExpectedRevision expected, IReadOnlyList<EventData> events, CancellationToken ct) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<StoredEvent> ReadStream(
            string stream, ReadDirection direction, ulong? from, long? maxCount, CancellationToken ct) => Fail(ct);

        public IAsyncEnumerable<StoredEvent> ReadAll(
            ReadDirection direction, Position? from, long? maxCount, CancellationToken ct) => Fail(ct);

        public IAsyncEnumerable<SubscriptionMessage> SubscribeToAll(Position? after, CancellationToken ct) =>
            throw new NotSupportedException();

        private async IAsyncEnumerable<StoredEvent> Fail([EnumeratorCancellation] CancellationToken ct)
        {
            yield return await Answer(ct);
        }

        private async Task<StoredEvent> Answer(CancellationToken ct)
        {
            Interlocked.Increment(ref reads);
            await Task.Delay(TimeSpan.FromMilliseconds(300), ct);
            throw new EventStoreUnavailableException("away");
        }
    }
}
