using System.Text.Json.Nodes;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>What an answer leaves out of a stored record.</summary>
/// <param name="Gone">Paths of properties, such as <c>Account.Name</c>.</param>
/// <param name="Emptied">Arrays that have no element.</param>
/// <param name="ShortContact">The contact is its id and name.</param>
internal sealed record Cut(string[] Gone, string[] Emptied, bool ShortContact = false)
{
    public static readonly Cut Nothing = new([], []);

    /// <summary>A list that does not ask for a page has neither lines nor the contact's lists.</summary>
    public static readonly Cut Lines = new([], ["LineItems"], ShortContact: true);

    public bool IsNothing => Gone.Length == 0 && Emptied.Length == 0 && !ShortContact;

    public void From(JsonObject record)
    {
        foreach (var path in Gone) Remove(record, path.Split('.'));
        foreach (var name in Emptied) record[name] = new JsonArray();
        if (ShortContact && record["Contact"] is JsonObject contact)
        {
            record["Contact"] = new JsonObject
            {
                ["ContactID"] = contact["ContactID"]?.DeepClone(),
                ["Name"] = contact["Name"]?.DeepClone(),
            };
        }
    }

    private static void Remove(JsonObject record, ReadOnlySpan<string> path)
    {
        if (path.Length == 1) record.Remove(path[0]);
        else if (record[path[0]] is JsonObject inner) Remove(inner, path[1..]);
    }
}
