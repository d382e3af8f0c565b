using System.Text;

namespace CountingKit.Adapters.EventStoreDb.Client;

/// <summary>Who the portal is to the server. Not a record: it is never written out.</summary>
internal sealed class UserCredentials(string user, string password)
{
    /// <summary>The value of the <c>authorization</c> header.</summary>
    public string Authorization { get; } =
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";
}
