using CountingKit.Adapters.Keys;
using CountingKit.Adapters.SignIns;
using CountingKit.EventSourcing;
using CountingKit.Testing;
using CountingKit.Testing.Storage;
using CountingKit.Vault;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.Database;

[Trait("Speed", "Slow")]
public sealed class RivalsForTheVault
{
    private const int Rivals = 16;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Of_many_who_take_a_free_lease_one_has_it_and_after_its_release_the_next(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);

        for (var round = 0; round < 5; round++)
        {
            var taken = await AtOnce(i => Leases(house, i).Take("sheet", $"owner-{i}", Long, default));

            taken.Count(won => won).Should().Be(1);
            var winner = Array.IndexOf(taken, true);
            await Leases(house, winner + 1).Release("sheet", $"owner-{winner}", default);
        }
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Of_many_who_take_a_lease_that_ran_out_one_has_it_and_the_old_owner_releases_nothing(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        (await Leases(house, 0).Take("sheet", "dead", TimeSpan.FromMinutes(-1), default)).Should().BeTrue();

        var taken = await AtOnce(i => Leases(house, i).Take("sheet", $"owner-{i}", Long, default));
        await Leases(house, 0).Release("sheet", "dead", default);

        taken.Count(won => won).Should().Be(1);
        (await Leases(house, 0).Take("sheet", "late", Long, default)).Should().BeFalse();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Of_many_answers_to_one_sign_in_one_is_taken(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        using var keys = new TempFolder();
        await using var box = new ServiceCollection().AddKeys("keys", keys.Path).BuildServiceProvider();
        StartedSignIns SignIns(int i) =>
            new("xero", house.Vault(i), box.GetRequiredService<ISecretBox>(), TimeProvider.System);
        var id = Guid.CreateVersion7();
        await SignIns(0).Add("state", new SignInTraveler(id, id, "browser", null, id), new SignInSecret("v", "r"), default);

        var judged = await AtOnce(i => SignIns(i).Take("state", "browser", id, default));

        judged.Count(j => j.Judgement == AnswerJudgement.Taken).Should().Be(1);
        judged.Count(j => j.Judgement == AnswerJudgement.AnsweredTwice).Should().Be(Rivals - 1);
    }

    private static Leases Leases(DatabaseHouse house, int portal) => new(house.Vault(portal), TimeProvider.System);

    private static Task<T[]> AtOnce<T>(Func<int, Task<T>> act) =>
        Task.WhenAll(Enumerable.Range(0, Rivals).Select(i => Task.Run(() => act(i))));
}
