namespace CountingKit.Datasets;

/// <summary>
/// What may stand in <see cref="Column.Path"/>: <c>A.B</c> (a property of a property), or a formula:
/// <c>=organization</c>, <c>=count(A.B)</c>, <c>=A / B</c> (rounded to cents, halves away from zero; no value without
/// both, or when B is 0) and <c>=link(https://…=, A)</c> (the address, then the value).
/// </summary>
public static class ColumnPaths
{
    /// <summary>
    /// The organization's name as its rows bear it. Not in the record: whoever makes the rows fills it in.
    /// </summary>
    public const string Organization = "=organization";
}
