using System.Globalization;
using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>One GET of a list, in SQL.</summary>
/// <param name="Page">From 1; null: the whole list.</param>
/// <param name="Everything">The page is ignored: each one answers the whole list.</param>
/// <param name="Archived">Archived parts of a record are wanted, too.</param>
internal sealed record ListQuery(
    string Filter, string Order, object?[] Values, int? Page, int PageSize, bool Everything, bool SummaryOnly,
    int UnitDecimals, bool Archived)
{
    /// <exception cref="QueryParseException">A filter or order cannot be read.</exception>
    /// <exception cref="InvalidParameterException">A parameter cannot be read.</exception>
    public static ListQuery Read(Resource resource, string tenantId, IQueryCollection query, DateTimeOffset? since)
    {
        List<string> filters = ["tenant_id = $1", "resource = $2"];
        List<object?> values = [tenantId, resource.Name];

        if (since is { } moment && resource.TellsChanges)
            filters.Add($"updated >= {Next(moment.ToUnixTimeMilliseconds())}");
        if (resource.Filters && Text("where") is { } where) filters.Add(WhereClause.ToSql(resource, where, values));
        filters.AddRange(resource.Parameters.Select(each => each.Filter(Text(each.Name), Next)).OfType<string>());

        var order = resource.Ordering == Ordering.None ? null : Text("order");
        var summary = resource.Summary is not null && Is("summaryOnly");
        return new ListQuery(string.Join(" AND ", filters), OrderBy(resource, order), [.. values],
            Page(summary),
            resource.Paging == Paging.Hundreds ? 100 : Math.Clamp(Number("pageSize", 100), 1, 1000),
            order is not null && resource.Ordering == Ordering.BreaksPaging,
            summary, Text("unitdp") == "4" ? 4 : 2, Is("includeArchived"));

        int? Page(bool asked) => resource.Paging switch
        {
            Paging.None => null,
            Paging.Sized when Text("page") is null && !asked => null,
            _ => Math.Max(1, Number("page", 1)),
        };

        string? Text(string name) => query[name] is [{ Length: > 0 } value] ? value : null;

        bool Is(string name) => string.Equals(Text(name), "true", StringComparison.OrdinalIgnoreCase);

        int Number(string name, int otherwise) =>
            int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : otherwise;

        string Next(object value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
    }

    public (List<byte[]> Records, int Count) Run(SandboxSession session)
    {
        var count = (int)session.Number($"SELECT count(*) FROM records WHERE {Filter}", Values);
        var limit = Page is { } page && !Everything ? $"LIMIT {PageSize} OFFSET {((long)page - 1) * PageSize}" : "";
        // The keys first, from an index: only the records of this page are touched.
        var records = session.Query($"""
            SELECT json FROM records WHERE key IN (SELECT key FROM records WHERE {Filter} ORDER BY {Order} {limit})
            ORDER BY {Order}
            """, row => row.GetFieldValue<byte[]>(0), Values);
        return (records, count);
    }

    private static string OrderBy(Resource resource, string? order)
    {
        if (order is null) return "updated, id";
        var parts = order.Split(',', StringSplitOptions.TrimEntries).Select(part =>
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (words.Length, words.ElementAtOrDefault(1)?.ToUpperInvariant()) switch
            {
                (1, _) or (2, "ASC") => resource.Find(words[0]).Sql,
                (2, "DESC") => resource.Find(words[0]).Sql + " DESC",
                _ => throw new QueryParseException($"Syntax error in order '{part}'"),
            };
        });
        return string.Join(", ", parts.Append("id"));
    }
}
