using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using CountingKit.Vault;
using Microsoft.Extensions.Time.Testing;

namespace CountingKit.Tests.Messaging;

[Trait("Speed", "Slow")]
public sealed class NumbersOfCommands
{
    private static readonly Requester Olivia = new(
        Guid.CreateVersion7(), "member:olivia", Guid.CreateVersion7(), Role.Owner, null, "192.0.2.1");

    [Fact]
    public async Task Every_command_is_one_command_under_its_number_and_anything_else_under_it_is_refused()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var numbers = new CommandNumbers(house.Vault(), TimeProvider.System);
        SampleCommand.Types.Should().HaveCountGreaterThan(25);

        foreach (var type in SampleCommand.Types)
        {
            var number = Guid.CreateVersion7();
            var command = SampleCommand.Of(type, number);
            var first = await numbers.Take(Olivia, command, number, default);
            var again = await numbers.Take(Olivia, command, number, default);

            first.Since.Should().BeNull("of {0}", type.Name);
            again.CommandId.Should().Be(first.CommandId, "{0} was sent again", type.Name);
            again.Since.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1), "of {0}", type.Name);
            foreach (var (name, isSecret, other) in SampleCommand.Variants(command))
            {
                var sent = () => numbers.Take(Olivia, other, number, default);
                if (isSecret) await sent.Should().NotThrowAsync("the secret {0} of {1} is not kept", name, type.Name);
                else
                    (await sent.Should().ThrowAsync<RefusedException>("{0} of {1} differs", name, type.Name))
                        .Which.Code.Should().Be("CK-FORM-02");
            }
        }
    }

    [Fact]
    public void Every_target_of_a_command_makes_another_command()
    {
        foreach (var type in SampleCommand.Types)
        {
            var number = Guid.CreateVersion7();
            var command = SampleCommand.Of(type, number);
            foreach (var (name, _, other) in SampleCommand.Variants(command)
                .Where(v => type.GetProperty(v.Name)!.PropertyType == typeof(Guid)))
                IdOf(other, number).Should().NotBe(IdOf(command, number), "{0} of {1} is another one", name, type.Name);
        }
    }

    [Fact]
    public async Task A_number_is_its_members_own_and_its_types_own()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var numbers = new CommandNumbers(house.Vault(), TimeProvider.System);
        var (number, exporter) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (omar, elsewhere) = (Olivia with { MemberId = Guid.CreateVersion7() }, Olivia with { WorkspaceId = Guid.CreateVersion7() });
        var pause = new PauseExporter(number, exporter);

        var ids = new[]
        {
            await numbers.Take(Olivia, pause, number, default), await numbers.Take(omar, pause, number, default),
            await numbers.Take(elsewhere, pause, number, default),
        };
        var resume = () => numbers.Take(Olivia, new ResumeExporter(number, exporter), number, default);

        ids.Select(id => id.CommandId).Should().OnlyHaveUniqueItems();
        (await resume.Should().ThrowAsync<RefusedException>()).Which.Code.Should().Be("CK-FORM-02");
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task Of_many_at_once_under_one_number_all_are_one_command_and_the_others_are_refused(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        var number = Guid.CreateVersion7();
        var (one, other) = (new PauseExporter(number, Guid.CreateVersion7()), new PauseExporter(number, Guid.CreateVersion7()));

        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            try
            {
                var numbers = new CommandNumbers(house.Vault(i), TimeProvider.System);
                return (await numbers.Take(Olivia, i % 2 == 0 ? one : other, number, default)).CommandId;
            }
            catch (RefusedException)
            {
                return Guid.Empty;
            }
        })));

        taken.Count(id => id == Guid.Empty).Should().Be(6);
        taken.Where(id => id != Guid.Empty).Distinct().Should().ContainSingle();
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [InlineData(StorageKind.Servers)]
    public async Task A_creation_sent_many_times_at_once_is_one_command(StorageKind kind)
    {
        await using var house = new DatabaseHouse(kind);
        for (var round = 0; round < 10; round++)
        {
            var create = new CreateExporter(Guid.CreateVersion7(), Guid.CreateVersion7(), Exporters.Configurations.Invoices);

            var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() =>
                new CommandNumbers(house.Vault(i), TimeProvider.System).Take(Olivia, create, create.CommandId, default))));

            taken.Select(t => t.CommandId).Distinct().Should().ContainSingle();
            taken.Count(t => t.Since is null).Should().Be(1);
        }
    }

    [Fact]
    public async Task An_id_that_a_creation_brings_is_its_own()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var numbers = new CommandNumbers(house.Vault(), TimeProvider.System);
        var exporter = Guid.CreateVersion7();
        CreateExporter Create(Guid number) => new(number, exporter, Exporters.Configurations.Invoices);
        var (first, second) = (Create(Guid.CreateVersion7()), Create(Guid.CreateVersion7()));

        var made = await numbers.Take(Olivia, first, first.CommandId, default);
        var again = await numbers.Take(Olivia, first, first.CommandId, default);
        var taken = () => numbers.Take(Olivia with { MemberId = Guid.CreateVersion7() }, second, second.CommandId, default);

        again.CommandId.Should().Be(made.CommandId);
        await taken.Should().ThrowAsync<NotFoundException>();
        await taken.Should().ThrowAsync<NotFoundException>("it used up no number");
    }

    [Fact]
    public async Task Numbers_are_forgotten_after_some_weeks_but_a_repeat_still_finds_itself()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var time = new FakeTimeProvider(new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero));
        var numbers = new CommandNumbers(house.Vault(), time);
        var pause = new PauseExporter(Guid.CreateVersion7(), Guid.CreateVersion7());
        var first = await numbers.Take(Olivia, pause, pause.CommandId, default);

        time.Advance(CommandNumbers.Memory + TimeSpan.FromDays(1));
        var later = new PauseExporter(Guid.CreateVersion7(), Guid.CreateVersion7());
        await numbers.Take(Olivia, later, later.CommandId, default);
        await using var vault = await house.Vault().CreateDbContextAsync();
        vault.CommandNumbers.Should().ContainSingle().Which.Number.Should().Be(later.CommandId);

        (await numbers.Take(Olivia, pause, pause.CommandId, default)).Should().Be(
            (first.CommandId, new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero)), "it is as old as its first");
    }

    [Fact]
    public async Task A_command_that_was_begun_before_numbers_were_kept_goes_on_under_its_id()
    {
        await using var house = new DatabaseHouse(StorageKind.Sqlite);
        var pause = new PauseExporter(Guid.CreateVersion7(), Guid.CreateVersion7());
        var begun = DerivedId.From(Olivia.MemberId, nameof(PauseExporter), pause.CommandId.ToString());
        await using var vault = await house.Vault().CreateDbContextAsync();
        vault.Access.Add(new AccessRow { CommandId = begun, MemberId = Olivia.MemberId, Address = "192.0.2.1", At = new(2026, 11, 1, 9, 0, 0, DateTimeKind.Utc) });
        await vault.SaveChangesAsync();

        var repeat = await new CommandNumbers(house.Vault(), TimeProvider.System).Take(Olivia, pause, pause.CommandId, default);

        repeat.Should().Be((begun, new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero)));
    }

    private static Guid IdOf(IMessage command, Guid number) =>
        CommandNumbers.IdOf(Olivia.WorkspaceId, Olivia.MemberId, command, number);
}
