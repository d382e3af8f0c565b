using System.Text.Json.Nodes;
using CountingKit.Sandbox.Xero.Books;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>A list of the Accounting API that lives in the <c>records</c> table, and what Xero says of it.</summary>
/// <param name="Name">Path and name of the array.</param>
/// <param name="IdField">What names one record, in the path of a single read, too.</param>
/// <param name="Scopes">Without <c>.read</c>; any of them opens it.</param>
internal sealed record Resource(string Name, string IdField, params string[] Scopes)
{
    public Paging Paging { get; init; }

    /// <summary>Heeds If-Modified-Since.</summary>
    public bool TellsChanges { get; init; } = true;

    public Stamp Stamp { get; init; }

    /// <summary>What <c>where</c> and <c>order</c> may name, as SQL over the table.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>Takes <c>where</c>.</summary>
    public bool Filters { get; init; } = true;

    public Ordering Ordering { get; init; } = Ordering.Heeded;

    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>A field that a single read may name instead of the id, such as the number.</summary>
    public string? AlsoBy { get; init; }

    /// <summary>Cannot be read one by one.</summary>
    public bool ListOnly { get; init; }

    /// <summary>Part of the books that are there from the start; the rest is made when it is first asked for.</summary>
    public bool FromTheStart { get; init; }

    /// <summary>What every list leaves out.</summary>
    public Cut InLists { get; init; } = Cut.Nothing;

    /// <summary>What a list without <c>page</c> leaves out besides.</summary>
    public Cut WithoutPage { get; init; } = Cut.Nothing;

    /// <summary>What <c>summaryOnly</c> leaves out; null: there is no such parameter.</summary>
    public Cut? Summary { get; init; }

    /// <summary>Paths of prices that have two decimals unless <c>unitdp=4</c> is asked for.</summary>
    public IReadOnlyList<string> Prices { get; init; } = [];

    /// <summary>An array whose archived elements come with <c>includeArchived</c> alone.</summary>
    public string? ArchivedIn { get; init; }

    /// <summary>What a single read makes of the record.</summary>
    public Action<JsonObject, IQueryCollection, DateTimeOffset>? Single { get; init; }

    /// <summary>Writes into the record when it was changed, where such a record says so.</summary>
    public void Mark(JsonObject record, DateTimeOffset changed)
    {
        if (Stamp != Stamp.None) Parts.Changed(record, changed, withText: Stamp == Stamp.UpdatedAndText);
    }

    public Field Find(string name) => Fields.FirstOrDefault(field => field.Name == name)
        ?? throw new QueryParseException($"No property or field '{name}' exists in type '{Name.TrimEnd('s')}'");
}

internal enum Paging
{
    None,

    /// <summary><c>page</c> and <c>pageSize</c>, with a <c>pagination</c> object; the whole list without them.</summary>
    Sized,

    /// <summary>The same, and a page even when none is asked for.</summary>
    SizedAlways,

    /// <summary><c>page</c> alone: a hundred each, always, and nothing that tells how many.</summary>
    Hundreds,
}

internal enum Ordering
{
    None,
    Heeded,

    /// <summary>With <c>order</c> every page answers everything.</summary>
    BreaksPaging,
}

/// <summary>How a record says when it was changed.</summary>
internal enum Stamp
{
    None,
    Updated,

    /// <summary>With <c>UpdatedDateUTCString</c> beside it.</summary>
    UpdatedAndText,
}

internal sealed record Field(string Name, string Sql, Kind Kind = Kind.Text)
{
    public static Field Text(string path) => new(path, Json(path));

    public static Field Number(string path) => new(path, Json(path), Kind.Number);

    public static Field Id(string path) => new(path, Json(path), Kind.Id);

    /// <summary>A calendar date with a text beside it, such as <c>DateString</c>.</summary>
    public static Field DateOfText(string path) => new(path, Json(path + "String"), Kind.Date);

    /// <summary>A date or an instant written as <c>/Date(milliseconds)/</c>.</summary>
    public static Field Date(string path) => new(path, $"CAST(substr({Json(path)}, 7) AS INTEGER)", Kind.Instant);

    private static string Json(string path) => $"json_extract(json, '$.{path}')";
}

internal enum Kind
{
    Text,
    Id,
    Number,
    Date,
    Instant,
}
