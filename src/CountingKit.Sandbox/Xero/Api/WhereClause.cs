using System.Globalization;
using System.Text.RegularExpressions;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>
/// Xero's <c>where</c> in SQL: fields, <c>== = != &gt; &gt;= &lt; &lt;=</c>, <c>AND OR &amp;&amp; ||</c>, parentheses,
/// text, numbers, <c>DateTime(y,m,d)</c>, <c>guid("…")</c>, <c>null</c>.
/// </summary>
internal sealed partial class WhereClause
{
    private readonly Resource _resource;
    private readonly List<object?> _values;
    private readonly List<string> _tokens;
    private int _at;

    private WhereClause(Resource resource, string text, List<object?> values)
    {
        _resource = resource;
        _values = values;
        _tokens = Cut(text);
    }

    /// <summary>Values are appended to <paramref name="values"/> and named by their place in it.</summary>
    /// <exception cref="QueryParseException">The text is not such an expression.</exception>
    public static string ToSql(Resource resource, string text, List<object?> values)
    {
        var clause = new WhereClause(resource, text, values);
        var sql = clause.Or();
        return clause._at == clause._tokens.Count ? sql : throw clause.Unexpected();
    }

    private static List<string> Cut(string text)
    {
        List<string> tokens = [];
        for (var at = 0; at < text.Length;)
        {
            var match = Token().Match(text, at);
            if (!match.Success)
            {
                throw new QueryParseException(text[at] is '"' or '\''
                    ? "Unterminated string literal"
                    : $"Syntax error '{text[at]}' (at index {at})");
            }

            at += match.Length;
            if (!string.IsNullOrWhiteSpace(match.Value)) tokens.Add(match.Value);
        }

        return tokens;
    }

    [GeneratedRegex("""\G(\s+|"[^"]*"|-?\d+(\.\d+)?|[A-Za-z_][\w.]*|==|!=|>=|<=|&&|\|\||[=<>(),])""")]
    private static partial Regex Token();

    private string Or()
    {
        var sql = And();
        while (Take("OR") || Take("||")) sql = $"({sql} OR {And()})";
        return sql;
    }

    private string And()
    {
        var sql = Term();
        while (Take("AND") || Take("&&")) sql = $"({sql} AND {Term()})";
        return sql;
    }

    private string Term()
    {
        if (Take("("))
        {
            var inner = Or();
            Expect(")");
            return $"({inner})";
        }

        var field = _resource.Find(Next());
        var sign = Next() switch
        {
            "==" or "=" => "IS",
            "!=" => "IS NOT",
            var order and (">" or ">=" or "<" or "<=") => order,
            _ => throw Unexpected(),
        };
        _values.Add(Literal(field));
        return $"{field.Sql} {sign} ${_values.Count}";
    }

    private object? Literal(Field field)
    {
        var token = Next();
        return (token, field.Kind) switch
        {
            ("null", _) => null,
            ("DateTime", Kind.Date) => Date().ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
            ("DateTime", Kind.Instant) => new DateTimeOffset(Date()).ToUnixTimeMilliseconds(),
            ("guid" or "Guid", Kind.Id) => Guid.TryParse(InParentheses().Trim('"'), out var id)
                ? id.ToString()
                : throw new QueryParseException("Guid should contain 32 digits"),
            (['"', ..], Kind.Text or Kind.Id) => token[1..^1],
            (_, Kind.Number) when double.TryParse(token, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new QueryParseException($"Operator incompatible with operand types: {field.Name} and {token}"),
        };
    }

    private DateTime Date()
    {
        Expect("(");
        List<int> parts = [];
        do
        {
            var whole = int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var part);
            parts.Add(whole ? part : throw Unexpected());
        }
        while (Take(","));
        Expect(")");
        try
        {
            if (parts.Count != 3) throw Unexpected();
            return new DateTime(parts[0], parts[1], parts[2], 0, 0, 0, DateTimeKind.Utc);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new QueryParseException("Year, Month, and Day parameters describe an un-representable DateTime.");
        }
    }

    private string InParentheses()
    {
        Expect("(");
        var inner = Next();
        Expect(")");
        return inner;
    }

    private bool Take(string token)
    {
        var there = _at < _tokens.Count && string.Equals(_tokens[_at], token, StringComparison.OrdinalIgnoreCase);
        if (there) _at++;
        return there;
    }

    private void Expect(string token)
    {
        if (!Take(token)) throw new QueryParseException($"'{token}' expected");
    }

    private string Next() =>
        _at < _tokens.Count ? _tokens[_at++] : throw new QueryParseException("Expression expected");

    private QueryParseException Unexpected() => new($"Syntax error near '{_tokens[Math.Min(_at, _tokens.Count - 1)]}'");
}
