using System.Collections.Concurrent;
using CountingKit.EventSourcing;
using CountingKit.Vault;
using Microsoft.EntityFrameworkCore;

namespace CountingKit.Adapters.Xero;

/// <summary>
/// One at a time per grant: a semaphore within the process, a lease in the vault between processes. What is stored is
/// guarded by its version too, so that a holder who was too slow does no harm.
/// </summary>
internal sealed class XeroGrantLock(IDbContextFactory<VaultDb> vault, TimeProvider time)
{
    /// <summary>A process that dies holds others up this long; who goes on prolongs.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> here = new();
    private readonly Leases leases = new(vault, time);

    public async Task<Held> Take(Guid xeroUserId, CancellationToken ct)
    {
        var semaphore = here.GetOrAdd(xeroUserId, static _ => new SemaphoreSlim(1, 1));
        await semaphore.WaitAsync(ct);
        try
        {
            var held = new Held(leases, $"xero-grant/{xeroUserId:N}", semaphore);
            while (!await held.Prolong(ct)) await Task.Delay(PollInterval, time, ct);
            return held;
        }
        catch
        {
            semaphore.Release();
            throw;
        }
    }

    internal sealed class Held(Leases leases, string name, SemaphoreSlim semaphore) : IAsyncDisposable
    {
        private readonly string owner = Guid.CreateVersion7().ToString("N");

        /// <returns>False = another process has it.</returns>
        public Task<bool> Prolong(CancellationToken ct) => leases.Take(name, owner, Length, ct);

        public async ValueTask DisposeAsync()
        {
            try
            {
                await leases.Release(name, owner, CancellationToken.None);
            }
            finally
            {
                semaphore.Release();
            }
        }
    }
}
