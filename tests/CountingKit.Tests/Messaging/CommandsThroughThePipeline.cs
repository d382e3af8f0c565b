using System.Reflection;
using CountingKit.Adapters.Embedded;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Testing;
using CountingKit.Testing.Storage;
using CountingKit.Tests.Database;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CountingKit.Tests.Messaging;

/// <summary>
/// Every command on its way to its handler, through all that stands before one: under which id it arrives, and what does not.
/// </summary>
public sealed class CommandsThroughThePipeline : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly DatabaseHouse house = new(StorageKind.Sqlite);
    private readonly List<CommandContext> arrived = [];
    private readonly EmbeddedEventStore log;
    private readonly ServiceProvider services;

    private Requester? requester = new(
        Guid.CreateVersion7(), "member:olivia", Guid.CreateVersion7(), Role.Owner, null, "192.0.2.1");

    public CommandsThroughThePipeline()
    {
        log = new(new(folder["events.db"]), TimeProvider.System);
        var registered = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddSingleton<IEventStore>(log).AddSingleton(house.Read).AddSingleton(house.Vault())
            .AddCountingKit(new WorkerOptions())
            .AddScoped<IRequesterSource>(_ => new Asking(this)).AddSingleton(arrived);
        foreach (var type in SampleCommand.Types)
        {
            Type[] sent = [type, ResultOf(type)];
            registered.AddTransient(
                typeof(IRequestHandler<,>).MakeGenericType(sent), typeof(Arrival<,>).MakeGenericType(sent));
        }

        services = registered.BuildServiceProvider();
    }

    public static TheoryData<Type> Commands => [.. SampleCommand.Types];

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await log.DisposeAsync();
        await house.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task One_that_is_sent_again_is_the_same_and_nothing_else_arrives_under_its_number(Type type)
    {
        var command = SampleCommand.Of(type, Guid.CreateVersion7());
        await Own(command);

        await Send(command);
        await Send(command);
        foreach (var (name, isSecret, other) in SampleCommand.Variants(command))
        {
            await Own(other);
            var send = () => Send(other);
            if (isSecret) await send.Should().NotThrowAsync("the secret {0} is not kept", name);
            else
                (await send.Should().ThrowAsync<RefusedException>("{0} differs", name)).Which.Code.Should().Be("CK-FORM-02");
        }

        arrived.Select(context => context.IsFirst).Should().StartWith([true, false]);
        arrived.Select(context => context.CommandId).Distinct().Should().ContainSingle("it is one command");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task One_that_is_refused_at_the_door_uses_up_no_number(Type type)
    {
        var command = SampleCommand.Of(type, Guid.CreateVersion7());
        var allowed = requester;

        requester = null;
        await FluentActions.Awaiting(() => Send(command)).Should().ThrowAsync<StrangerException>();
        requester = allowed;
        await Own(command);
        // What all who may look may do is nobody's to refuse.
        foreach (var role in Enum.GetValues<Role>().Where(role => !role.May(type.GetCustomAttribute<AsksAttribute>()!.Permission)))
        {
            requester = allowed! with { Role = role };
            await FluentActions.Awaiting(() => Send(command)).Should().ThrowAsync<ForbiddenException>();
        }

        requester = allowed;
        var without = SampleCommand.Of(type, Guid.Empty);
        await Own(without);
        (await FluentActions.Awaiting(() => Send(without)).Should().ThrowAsync<RefusedException>()).Which.Code.Should().Be("CK-FORM-01");

        arrived.Should().BeEmpty();
        await using var vault = await house.Vault().CreateDbContextAsync();
        (await vault.CommandNumbers.CountAsync()).Should().Be(0);
    }

    /// <summary>All that the command names is the requester's workspace's.</summary>
    private async Task Own(IMessage command)
    {
        await using var rows = house.Read.Open();
        foreach (var (kind, id) in Ownership.Touched(command).Distinct())
            if (await rows.FindAsync<OwnershipRow>([kind, id], default) is null)
                rows.Add(new OwnershipRow { Kind = kind, Id = id, WorkspaceId = requester!.WorkspaceId, Connections = "" });
        await rows.SaveChangesAsync();
    }

    private Task Send(IMessage command) => (Task)typeof(CommandsThroughThePipeline)
        .GetMethod(nameof(SendAs), BindingFlags.Instance | BindingFlags.NonPublic)!
        .MakeGenericMethod(ResultOf(command.GetType())).Invoke(this, [command])!;

    private async Task SendAs<TResult>(IRequest<TResult> command)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command);
    }

    private static Type ResultOf(Type command) => command.GetInterfaces()
        .Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>)).GenericTypeArguments[0];

    private sealed class Asking(CommandsThroughThePipeline test) : IRequesterSource
    {
        public Task<Requester?> Current(CancellationToken ct) => Task.FromResult(test.requester);
    }

    private sealed class Arrival<TCommand, TResult>(CurrentCommand current, List<CommandContext> arrived)
        : IRequestHandler<TCommand, TResult> where TCommand : IRequest<TResult>
    {
        public Task<TResult> Handle(TCommand request, CancellationToken cancellationToken)
        {
            arrived.Add(current.Context);
            return Task.FromResult<TResult>(default!);
        }
    }
}
