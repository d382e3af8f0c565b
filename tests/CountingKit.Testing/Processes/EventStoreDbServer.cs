using System.Globalization;
using CountingKit.Testing.EventStoreDb;
using CountingKit.Testing.EventStoreDb.Faults;

namespace CountingKit.Testing.Processes;

/// <summary>
/// The stand-in for EventStoreDB as a process of its own. Prints its connection string when it listens, takes faults as
/// lines of standard input (<c>write CommitTimeoutAfter 2</c>, <c>read NotReady 1</c>, <c>cut Reset 5</c>,
/// <c>connections</c>, <c>clear</c>), answers each with <c>ok</c>, and ends when standard input does.
/// </summary>
internal static class EventStoreDbServer
{
    public static async Task<int> Run(string folder, string port)
    {
        await using var node = await EventStoreDbNode.Start(folder, Number(port));
        Console.WriteLine(node.ConnectionString);
        while (await Console.In.ReadLineAsync() is { } line)
            Console.WriteLine(Obey(node, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) ? "ok" : $"unknown: {line}");
        return 0;
    }

    private static bool Obey(EventStoreDbNode node, string[] words)
    {
        switch (words)
        {
            case ["write", var fault, var times]:
                node.Faults.OnWrite(Enum.Parse<CallFault>(fault), Number(times));
                return true;
            case ["read", var fault, var times]:
                node.Faults.OnRead(Enum.Parse<CallFault>(fault), Number(times));
                return true;
            case ["cut", var end, var afterEvents]:
                node.Faults.CutSubscription(Enum.Parse<SubscriptionEnd>(end), Number(afterEvents));
                return true;
            case ["connections"]:
                node.CutConnections();
                return true;
            case ["clear"]:
                node.Faults.Clear();
                return true;
            default:
                return false;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
