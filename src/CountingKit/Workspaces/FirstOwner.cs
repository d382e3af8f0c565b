using System.Text.Json;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Workspaces;

/// <summary>Who the first owner is to be.</summary>
public sealed record FirstOwnerRequest(string Workspace, string Name, string Email, string Password)
{
    public override string ToString() => nameof(FirstOwnerRequest);
}

/// <summary>
/// Makes the first owner and their workspace, once in an installation's life. The vault decides who was first; what it
/// noted is then appended to the log, as often as it takes.
/// </summary>
public sealed class FirstOwner(
    UserManager<MemberLogin> users, VaultDb vault, Streams streams, CurrentCommand current, SignInOutbox outbox)
{
    private const string CodeSetting = "owner-code";
    private const string WorkspaceSetting = "first-workspace";

    private sealed record Noted(Guid WorkspaceId, Guid MemberId, string Workspace);

    public Task<bool> Exists(CancellationToken ct) => vault.Settings.AnyAsync(s => s.Name == WorkspaceSetting, ct);

    /// <summary>The owner's member id and workspace; null = none yet.</summary>
    public async Task<(Guid MemberId, Guid WorkspaceId)?> Find(CancellationToken ct) =>
        await Read(ct) is { } noted ? (noted.MemberId, noted.WorkspaceId) : null;

    /// <summary>A fresh code; one that was given before is worthless from now on.</summary>
    public async Task<string> NewCode(CancellationToken ct)
    {
        var code = OwnerCode.New();
        var hash = OwnerCode.HashOf(code);
        if (await Replace(hash, ct) == 1) return code;

        vault.Settings.Add(new SettingRow { Name = CodeSetting, Value = hash });
        try
        {
            await vault.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Another portal started at the same moment and made the row: the later code counts.
            vault.ChangeTracker.Clear();
            if (await Replace(hash, ct) == 0) throw;
        }

        return code;
    }

    public async Task<bool> IsCode(string code, CancellationToken ct)
    {
        var hash = OwnerCode.HashOf(code);
        return await vault.Settings.AnyAsync(s => s.Name == CodeSetting && s.Value == hash, ct);
    }

    /// <param name="code">Null = by settings, which need none.</param>
    /// <returns>The owner's credentials, or what is wrong with what was asked.</returns>
    /// <exception cref="RefusedException">The code is not right, or somebody was first.</exception>
    public async Task<(MemberLogin? Login, IReadOnlyList<string> Wrong)> Create(
        FirstOwnerRequest request, string? code, string? address, CancellationToken ct)
    {
        try
        {
            return await Store(request, code, address, ct);
        }
        catch (DbUpdateException)
        {
            // Of two at the same moment, the vault's keys let one through.
            vault.ChangeTracker.Clear();
            if (await Exists(ct)) throw WorkspaceCodes.OwnerExists.Refuse();
            throw;
        }
    }

    private async Task<(MemberLogin? Login, IReadOnlyList<string> Wrong)> Store(
        FirstOwnerRequest request, string? code, string? address, CancellationToken ct)
    {
        var login = new MemberLogin { Id = Guid.CreateVersion7(), UserName = request.Email, Email = request.Email };
        if (PasswordRules.Problem(request.Password, request.Name, request.Email, request.Workspace) is { } common)
            return (null, [common]);
        var noted = new Noted(Guid.CreateVersion7(), login.Id, request.Workspace);
        await using (var transaction = await vault.Database.BeginTransactionAsync(ct))
        {
            if (await Exists(ct)) throw WorkspaceCodes.OwnerExists.Refuse();
            if (code is not null && !await IsCode(code, ct)) throw WorkspaceCodes.WrongCode.Refuse();

            var created = await users.CreateAsync(login, request.Password);
            if (!created.Succeeded) return (null, [.. created.Errors.Select(e => e.Description)]);
            vault.People.Add(new PersonRow { MemberId = login.Id, Name = request.Name, Email = request.Email });
            vault.Settings.Add(new SettingRow { Name = WorkspaceSetting, Value = JsonSerializer.Serialize(noted) });
            if (address is not null)
                outbox.Add(vault, login.Id, noted.WorkspaceId, new MemberSignedIn(login.Id), address);
            await vault.SaveChangesAsync(ct);
            await vault.Settings.Where(s => s.Name == CodeSetting).ExecuteDeleteAsync(ct);
            await transaction.CommitAsync(ct);
        }

        return (login, []);
    }

    /// <summary>Tells the log what the vault noted; told before, it changes nothing.</summary>
    /// <returns>Where it stands in the log; null = there is no owner yet.</returns>
    public async Task<Position?> Complete(CancellationToken ct)
    {
        if (await Read(ct) is not { } noted) return null;
        current.Context = new CommandContext(
            noted.MemberId, noted.MemberId, noted.MemberId, Actor.Member(noted.MemberId), noted.WorkspaceId, []);
        var done = await streams.Transact(
            Workspace.StreamOf(noted.WorkspaceId), Workspace.Decider,
            state => Workspace.Create(state, noted.WorkspaceId, noted.Workspace, noted.MemberId), ct);
        return done.Appended.Position;
    }

    private Task<int> Replace(string hash, CancellationToken ct) => vault.Settings.Where(s => s.Name == CodeSetting)
        .ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, hash), ct);

    private async Task<Noted?> Read(CancellationToken ct) =>
        await vault.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Name == WorkspaceSetting, ct) is { } row
            ? JsonSerializer.Deserialize<Noted>(row.Value)
            : null;
}
