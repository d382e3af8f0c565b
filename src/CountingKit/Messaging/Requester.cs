namespace CountingKit.Messaging;

/// <summary>Who asks, in which workspace, and what they may see of it.</summary>
/// <param name="Actor">As it will stand in events.</param>
/// <param name="Connections">The organizations that they may see; null = all of the workspace.</param>
/// <param name="Address">The network address, for the vault; null = none.</param>
public sealed record Requester(
    Guid MemberId, string Actor, Guid WorkspaceId, Role Role, IReadOnlySet<Guid>? Connections, string? Address)
{
    /// <summary>What spans several organizations is seen only by those who may see each of them.</summary>
    public bool MaySee(IEnumerable<Guid> connections) =>
        Connections is null || connections.All(Connections.Contains);

    /// <summary>Before something is decided on what a stream says: rows, by which messages are let in, may lag behind it.</summary>
    /// <exception cref="NotFoundException">Of an organization that they may not see.</exception>
    public void Require(IEnumerable<Guid> connections)
    {
        if (!MaySee(connections)) throw new NotFoundException();
    }
}

/// <summary>Tells who asks. The portal takes it from the sign-in and the workspace's read model.</summary>
public interface IRequesterSource
{
    /// <returns>Null = a stranger, or somebody who is no member any more.</returns>
    Task<Requester?> Current(CancellationToken ct);
}

/// <summary>What is asked for is not there, or not for this requester: the two look the same from outside.</summary>
public sealed class NotFoundException() : Exception("This doesn't exist, or you don't have access to it.");

/// <summary>The requester is a member but lacks the permission.</summary>
public sealed class ForbiddenException(Permission permission)
    : Exception($"Your role does not allow this. Ask an owner or admin of the workspace. ({permission})")
{
    public Permission Permission { get; } = permission;
}

/// <summary>Nobody is signed in.</summary>
public sealed class StrangerException() : Exception("Sign in first.");
