using System.Globalization;

namespace CountingKit.Sandbox.Xero.Api;

/// <summary>A query parameter of one resource's list, which leaves records out.</summary>
internal abstract record Parameter(string Name)
{
    /// <param name="text">As it was sent; null: it was not.</param>
    /// <param name="next">Binds a value and answers its place in the SQL.</param>
    /// <returns>A condition in SQL; null: nothing is left out.</returns>
    /// <exception cref="InvalidParameterException">The value means nothing.</exception>
    public abstract string? Filter(string? text, Func<object, string> next);

    protected static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A comma list of values.</summary>
internal sealed record AnyOf(string Name, string Sql) : Parameter(Name)
{
    public override string? Filter(string? text, Func<object, string> next) => text is null
        ? null
        : $"{Sql} COLLATE NOCASE IN ({string.Join(", ", text.Split(',', StringSplitOptions.TrimEntries).Select(next))})";
}

/// <summary>A first or last day, <c>yyyy-MM-dd</c>, of a date that the SQL gives in milliseconds.</summary>
internal sealed record DayLimit(string Name, string Sql, string Sign) : Parameter(Name)
{
    public override string? Filter(string? text, Func<object, string> next)
    {
        if (text is null) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
                ? $"{Sql} {Sign} {next(day.ToUnixTimeMilliseconds())}"
                : throw new InvalidParameterException($"{Name}: '{text}' is not a date.");
    }
}

/// <summary>Records that come only when they are asked for.</summary>
internal sealed record Included(string Name, string HiddenStatus) : Parameter(Name)
{
    public override string? Filter(string? text, Func<object, string> next) =>
        IsTrue(text) ? null : $"status IS NOT '{HiddenStatus}'";
}

/// <summary>A text somewhere in the record.</summary>
internal sealed record SearchTerm() : Parameter("searchTerm")
{
    public override string? Filter(string? text, Func<object, string> next) =>
        text is null ? null : $"instr(lower(json), lower({next(text)})) > 0";
}

/// <summary>A demand that no record of these books meets.</summary>
internal sealed record NoneIf(string Name) : Parameter(Name)
{
    public override string? Filter(string? text, Func<object, string> next) => IsTrue(text) ? "FALSE" : null;
}
