using System.Text.Json;
using CountingKit.EventSourcing;
using CountingKit.Messaging;
using CountingKit.Vault;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Workspaces;

/// <summary>
/// Lets an owner in again who has lost the password: whoever can run a command on the machine gets a code, which sets a new
/// one in the browser.
/// </summary>
public sealed class OwnerRestoration(
    UserManager<MemberLogin> users, VaultDb vault, Streams streams, FirstOwner first, SignInOutbox outbox,
    LiveSessions live, TimeProvider time)
{
    private const string Setting = "restore-code";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private sealed record Noted(string Hash, Guid MemberId, DateTime Until);

    /// <summary>A fresh code; one that was given before is worthless from now on.</summary>
    /// <exception cref="RefusedException">No owner has this address.</exception>
    public async Task<string> NewCode(string email, CancellationToken ct)
    {
        if (await users.FindByEmailAsync(email) is not { } login || !await IsOwner(login.Id, ct))
            throw WorkspaceCodes.NoOwner.Refuse();
        var code = OwnerCode.New();
        var noted = new Noted(OwnerCode.HashOf(code), login.Id, time.GetUtcNow().UtcDateTime + Lifetime);
        await vault.Settings.Where(s => s.Name == Setting).ExecuteDeleteAsync(ct);
        vault.Settings.Add(new SettingRow { Name = Setting, Value = JsonSerializer.Serialize(noted) });
        await vault.SaveChangesAsync(ct);
        return code;
    }

    /// <summary>Sets the password and ends every session of the owner. The code is then used up.</summary>
    /// <returns>The owner's credentials, or what is wrong with the password.</returns>
    /// <exception cref="RefusedException">The code is not right, or not any more.</exception>
    public async Task<(MemberLogin? Login, IReadOnlyList<string> Wrong)> Restore(
        string code, string password, string? address, CancellationToken ct)
    {
        var noted = await Find(code, ct) ?? throw WorkspaceCodes.WrongRestoreCode.Refuse();
        var login = await vault.Logins.FindAsync([noted.MemberId], ct);
        if (login is null || !await IsOwner(login.Id, ct)) throw WorkspaceCodes.WrongRestoreCode.Refuse();
        var person = await vault.People.AsNoTracking().SingleOrDefaultAsync(p => p.MemberId == login.Id, ct);
        if (PasswordRules.Problem(password, person?.Name, login.Email) is { } common) return (null, [common]);

        await using (var transaction = await vault.Database.BeginTransactionAsync(ct))
        {
            // The row is what makes it one time: of two at the same moment, one finds it.
            if (await vault.Settings.Where(s => s.Name == Setting).ExecuteDeleteAsync(ct) == 0)
                throw WorkspaceCodes.WrongRestoreCode.Refuse();
            await users.RemovePasswordAsync(login);
            var result = await users.AddPasswordAsync(login, password);
            if (!result.Succeeded) return (null, [.. result.Errors.Select(e => e.Description)]);
            await vault.Sessions.Where(s => s.MemberId == login.Id).ExecuteDeleteAsync(ct);
            await outbox.Add(vault, login.Id, new OwnerRestored(login.Id), address, ct);
            await vault.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        live.End(login.Id);
        return (login, []);
    }

    private async Task<Noted?> Find(string code, CancellationToken ct)
    {
        var row = await vault.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Name == Setting, ct);
        if (row is null || JsonSerializer.Deserialize<Noted>(row.Value) is not { } noted) return null;
        return noted.Hash == OwnerCode.HashOf(code) && noted.Until > time.GetUtcNow().UtcDateTime ? noted : null;
    }

    private async Task<bool> IsOwner(Guid memberId, CancellationToken ct)
    {
        if (await first.Find(ct) is not var (_, workspaceId)) return false;
        var workspace = await streams.Read(Workspace.StreamOf(workspaceId), Workspace.Decider, ct);
        return workspace.Members.TryGetValue(memberId, out var member) && member.Role == Role.Owner;
    }
}
