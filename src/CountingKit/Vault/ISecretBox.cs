namespace CountingKit.Vault;

/// <summary>Encrypts what lies in the vault, with keys that lie elsewhere. Adapters: Data Protection.</summary>
public interface ISecretBox
{
    /// <param name="purpose">What it is, e.g. <c>xero-grant</c>: opened with another purpose it does not open.</param>
    byte[] Seal(string purpose, ReadOnlySpan<byte> secret);

    /// <exception cref="KeysMissingException">The key that sealed it is not here.</exception>
    byte[] Open(string purpose, byte[] sealedSecret);
}

/// <summary>
/// The vault's secrets were sealed with keys that are not in the keys' folder: the folder was not restored, or is
/// another installation's.
/// </summary>
public sealed class KeysMissingException(Exception inner) : Exception(
    "The keys that encrypted this sign-in are missing. Restore the keys folder (setting Keys__Path), or sign in again.",
    inner);
