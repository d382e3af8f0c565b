using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.Storage;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CountingKit.Tests.EventSourcing;

public sealed class QueuedWork
{
    [Fact]
    public async Task What_is_put_back_with_another_payload_is_taken_up_with_that()
    {
        using var folder = new TempFolder();
        var worker = new Counting();
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System).AddCopiedDatabase("sqlite:data", folder.Path).AddSingleton<IWorker>(worker)
            .BuildServiceProvider();
        var vault = services.GetRequiredService<IDbContextFactory<VaultDb>>();
        await using (var db = vault.CreateDbContext())
        {
            db.Work.Add(new WorkRow { Id = Guid.CreateVersion7(), Kind = worker.Kind, Key = "1", Payload = "0" });
            await db.SaveChangesAsync();
        }

        var signal = new WorkSignal();
        using var host = new WorkHost(
            vault, services.GetRequiredService<IServiceScopeFactory>(), new WorkerOptions(1), signal,
            new WorkLanes(TimeProvider.System), new NodeName("here"),
            services.GetRequiredService<Outages>(), TimeProvider.System, NullLogger<WorkHost>.Instance);
        await host.StartAsync(CancellationToken.None);
        await worker.Done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await host.StopAsync(CancellationToken.None);

        worker.Payloads.Should().Equal("0", "1", "1");
    }

    private sealed class Counting : IWorker
    {
        public string Kind => "counting";

        public List<string> Payloads { get; } = [];

        public TaskCompletionSource Done { get; } = new();

        public Task<WorkResult> Do(WorkItem item, CancellationToken ct)
        {
            Payloads.Add(item.Payload);
            if (Payloads.Count == 3) Done.SetResult();
            return Task.FromResult<WorkResult>(Payloads.Count switch
            {
                1 => new WorkResult.Again(TimeProvider.System.GetUtcNow()) { Payload = "1" },
                2 => new WorkResult.Again(TimeProvider.System.GetUtcNow()),
                _ => new WorkResult.Done(),
            });
        }
    }
}
