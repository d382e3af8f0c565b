using CountingKit.EventSourcing;
using CountingKit.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.Database;

/// <summary>Who looks at the read models reads for a while, and meanwhile other tables may have been begun.</summary>
public sealed class LateLooks
{
    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task What_was_read_of_tables_that_are_replaced_meanwhile_is_not_taken_for_the_new_ones(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        await using (var db = house.Read.Open())
        {
            db.Add(new ReadCheckpointRow { Id = 1, Build = Guid.CreateVersion7(), IsComplete = true });
            await db.SaveChangesAsync();
        }

        await using var services = new ServiceCollection().BuildServiceProvider();
        var meanwhile = () => { };
        var readModels = new ReadModels(
            new SlowToOpen(house.Read, () => meanwhile()),
            new ReactorCheckpoints(house.Vault(), services.GetRequiredService<IServiceScopeFactory>()), TimeProvider.System);
        await readModels.Look(default);
        readModels.IsComplete.Should().BeTrue();

        meanwhile = () => readModels.Projected(null, false, Guid.CreateVersion7());
        await readModels.Look(default);

        readModels.IsComplete.Should().BeFalse("the new tables are being filled");
    }

    private sealed class SlowToOpen(IReadDatabases databases, Action meanwhile) : IReadDatabases
    {
        public ReadDb Open()
        {
            meanwhile();
            return databases.Open();
        }

        public ReadDb OpenFresh() => databases.OpenFresh();

        public ReadDb OpenFilling() => databases.OpenFilling();

        public IRowWriter Writer(ReadDb db) => databases.Writer(db);

        public void Index() => databases.Index();

        public void Switch() => databases.Switch();

        public bool MayBeDamaged => databases.MayBeDamaged;

        public bool IsGone => databases.IsGone;

        public Task<string?> SetAsideDamaged(CancellationToken ct) => databases.SetAsideDamaged(ct);
    }
}
