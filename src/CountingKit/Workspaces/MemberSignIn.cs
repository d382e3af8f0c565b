using CountingKit.Vault;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Workspaces;

/// <summary>Passwords: checking them, counting what fails, changing them. All of it is told to the log.</summary>
public sealed class MemberSignIn(UserManager<MemberLogin> users, VaultDb vault, SignInOutbox outbox)
{
    private static readonly MemberLogin Nobody = new();

    /// <param name="address">The network address; null = not by network.</param>
    /// <returns>Null = no: why not stays here, also how long it took to find out.</returns>
    public async Task<MemberLogin?> Check(string email, string password, string? address, CancellationToken ct)
    {
        var login = await users.FindByEmailAsync(email);
        if (login is null)
        {
            users.PasswordHasher.HashPassword(Nobody, password);
            return null;
        }

        return await Judge(login, await users.CheckPasswordAsync(login, password), new MemberSignedIn(login.Id), address, ct)
            ? login
            : null;
    }

    /// <summary>Changes the password, which ends every session of the member. The old one is checked first.</summary>
    /// <returns>What is wrong with it; none = changed.</returns>
    public async Task<IReadOnlyList<string>> ChangePassword(
        MemberLogin login, string current, string next, string? address, CancellationToken ct)
    {
        var right = await users.CheckPasswordAsync(login, current);
        if (!await Judge(login, right, null, address, ct)) return ["The current password is not right."];

        await using var transaction = await vault.Database.BeginTransactionAsync(ct);
        var result = await users.ChangePasswordAsync(login, current, next);
        if (!result.Succeeded) return [.. result.Errors.Select(e => e.Description)];
        await outbox.Add(vault, login.Id, new PasswordChanged(login.Id), address, ct);
        await vault.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return [];
    }

    /// <summary>Notes that the member ended a session.</summary>
    public async Task SignedOut(Guid memberId, string? address, CancellationToken ct)
    {
        await outbox.Add(vault, memberId, new MemberSignedOut(memberId), address, ct);
        await vault.SaveChangesAsync(ct);
    }

    private async Task<bool> Judge(
        MemberLogin login, bool isRight, MemberSignedIn? done, string? address, CancellationToken ct)
    {
        await using var transaction = await vault.Database.BeginTransactionAsync(ct);
        // One at a time per member, by the row's lock: guesses at the same moment are counted one by one.
        await vault.Logins.Where(l => l.Id == login.Id).ExecuteUpdateAsync(
            set => set.SetProperty(l => l.AccessFailedCount, l => l.AccessFailedCount), ct);
        await vault.Entry(login).ReloadAsync(ct);
        if (await users.IsLockedOutAsync(login)) return false;

        if (isRight)
        {
            await users.ResetAccessFailedCountAsync(login);
            if (done is not null) await outbox.Add(vault, login.Id, done, address, ct);
        }
        else
        {
            await users.AccessFailedAsync(login);
            if (await users.IsLockedOutAsync(login))
                await outbox.Add(vault, login.Id, new MemberLockedOut(login.Id), address, ct);
        }

        await vault.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return isRight;
    }
}
