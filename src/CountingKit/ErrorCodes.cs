using System.Collections.Frozen;

namespace CountingKit;

/// <summary>The stable codes that one part of the product can show; each part registers its own.</summary>
public sealed record ErrorCodeList(IReadOnlyList<ErrorCode> Codes);

/// <summary>The one registry of stable codes, for the help page and for whoever has a code and wants its words.</summary>
/// <exception cref="ArgumentException">Two parts register the same code.</exception>
public sealed class ErrorCodes(IEnumerable<ErrorCodeList> lists)
{
    private readonly FrozenDictionary<string, ErrorCode> byCode =
        lists.SelectMany(list => list.Codes).ToDictionary(code => code.Code).ToFrozenDictionary();

    /// <summary>In the order of the codes.</summary>
    public IReadOnlyList<ErrorCode> All => [.. byCode.Values.OrderBy(code => code.Code, StringComparer.Ordinal)];

    /// <returns>Null = nobody registered it.</returns>
    public ErrorCode? Find(string code) => byCode.GetValueOrDefault(code);
}
