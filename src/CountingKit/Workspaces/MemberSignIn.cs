using System.Numerics;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Workspaces;

/// <param name="Network">The network that counts as one, such as an IPv4 address or an IPv6 /64.</param>
/// <param name="BrowserId">As its own cookie names it.</param>
/// <param name="Address">The network address; null = not by network.</param>
public sealed record SignInAttempt(string Email, string Password, string Network, Guid BrowserId, string? Address)
{
    public override string ToString() => nameof(SignInAttempt);
}

/// <param name="Login">Null = no: why not stays here, also how long it took to find out.</param>
/// <param name="Wait">How long to wait before the next attempt is looked at; null = this one was.</param>
public sealed record SignInAnswer(MemberLogin? Login, TimeSpan? Wait = null);

/// <summary>Passwords: checking them, counting what fails, changing them. All of it is told to the log.</summary>
public sealed class MemberSignIn(
    UserManager<MemberLogin> users, VaultDb vault, Attempts attempts, PasswordTurns turns, SignInOutbox outbox,
    LiveSessions live, TimeProvider time)
{
    private const int ToldOneByOne = 20;
    private static readonly MemberLogin Nobody = new();
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(400);

    /// <summary>Checks a password.</summary>
    public async Task<SignInAnswer> Check(SignInAttempt attempt, CancellationToken ct)
    {
        var account = users.NormalizeEmail(attempt.Email)!;
        var login = await users.FindByEmailAsync(attempt.Email);
        var memberId = login?.Id ?? Guid.Empty;
        var isKnown = await vault.KnownBrowsers.AnyAsync(
            b => b.BrowserId == attempt.BrowserId && b.MemberId == memberId, ct);
        var network = Knock.FromWholeNetwork("sign-in", attempt.Network);
        var knock = isKnown
            ? Knock.FromBrowser(attempt.BrowserId, memberId)
            : Knock.FromNetwork("sign-in", attempt.Network, account);
        using var turn = await turns.Take(isKnown ? knock : network, ct);
        if (!isKnown && await attempts.Wait(network, ct) is { } busy) return new(null, busy);
        if (await attempts.Begin(knock, ct) is { } wait) return new(null, wait);

        if (!await IsRight(login, attempt.Password))
        {
            // Counted also when whoever guesses does not wait for the answer.
            if (!isKnown) await attempts.Note(network, CancellationToken.None);
            await NoteFailure(login, account, attempt.Address, CancellationToken.None);
            return new(null);
        }

        await outbox.Add(vault, login!.Id, new MemberSignedIn(login.Id), attempt.Address, ct);
        await vault.SaveChangesAsync(ct);
        await attempts.Clear(knock, ct);
        await attempts.Clear(Knock.FromAnywhere(account), ct);
        return new(login);
    }

    /// <summary>Changes the password, which ends every session of the member. The old one is checked first.</summary>
    /// <returns>What is wrong with it; none = changed.</returns>
    public async Task<IReadOnlyList<string>> ChangePassword(
        MemberLogin login, string current, string next, string? address, CancellationToken ct)
    {
        var knock = Knock.FromNetwork("password", "", login.Id.ToString());
        if (await attempts.Begin(knock, ct) is { } wait)
            return [$"The current password was wrong several times. Wait {wait.InWords()}, then try again."];
        if (!await IsRight(login, current))
        {
            await NoteFailure(login, users.NormalizeEmail(login.Email)!, address, ct);
            return ["The current password is not right."];
        }

        await attempts.Clear(knock, ct);
        var person = await vault.People.AsNoTracking().SingleOrDefaultAsync(p => p.MemberId == login.Id, ct);
        if (PasswordRules.Problem(next, person?.Name, login.Email) is { } common) return [common];
        await using (var transaction = await vault.Database.BeginTransactionAsync(ct))
        {
            var result = await users.ChangePasswordAsync(login, current, next);
            if (!result.Succeeded) return [.. result.Errors.Select(e => e.Description)];
            await vault.Sessions.Where(s => s.MemberId == login.Id).ExecuteDeleteAsync(ct);
            await outbox.Add(vault, login.Id, new PasswordChanged(login.Id), address, ct);
            await vault.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }

        live.End(login.Id);
        return [];
    }

    /// <summary>A session of the member begins in the browser, which is known from then on.</summary>
    public async Task Remember(Guid browserId, Guid memberId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var forgotten = now - Remembered;
        await vault.KnownBrowsers.Where(b => b.SeenAt < forgotten).ExecuteDeleteAsync(ct);
        var own = vault.KnownBrowsers.Where(b => b.BrowserId == browserId && b.MemberId == memberId);
        if (await own.ExecuteUpdateAsync(set => set.SetProperty(b => b.SeenAt, now), ct) == 1) return;
        vault.KnownBrowsers.Add(new KnownBrowserRow { BrowserId = browserId, MemberId = memberId, SeenAt = now });
        try
        {
            await vault.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // Two tabs signed in at the same moment.
            vault.ChangeTracker.Clear();
            if (!await own.AnyAsync(ct)) throw;
        }
    }

    /// <summary>The same work whether there is such an account or not.</summary>
    private async Task<bool> IsRight(MemberLogin? login, string password)
    {
        if (login is not null) return await users.CheckPasswordAsync(login, password);
        users.PasswordHasher.HashPassword(Nobody, password);
        return false;
    }

    /// <summary>The same work again: of an account that is not there it is noted too, and told to nobody.</summary>
    private async Task NoteFailure(MemberLogin? login, string account, string? address, CancellationToken ct)
    {
        var failures = await attempts.Note(Knock.FromAnywhere(account), ct);
        if (failures > ToldOneByOne && !BitOperations.IsPow2(failures)) return;
        var memberId = login?.Id ?? SignInOutbox.Nobody;
        await outbox.Add(vault, memberId, new SignInFailed(memberId, failures), address, ct, Actor.System);
        await vault.SaveChangesAsync(ct);
    }
}
