namespace CountingKit.Datasets;

/// <summary>
/// What may stand in <see cref="Column.Path"/>: <c>A.B</c> (a property of a property), where A may be a list of which one
/// element is meant: <c>A[0].B</c> (by its place), <c>A[K=V].B</c> (the first whose property K is V). Or a formula:
/// <c>=organization</c>, <c>=count(A.B)</c>, <c>=A / B</c> (rounded to cents, halves away from zero; no value without
/// both, or when B is 0), <c>=link(https://…=, A)</c> (the address, then the value), <c>=words(A, B)</c> (those that there
/// are, with spaces) and <c>=join(A[].B)</c> (of all elements, with commas).
/// </summary>
public static class ColumnPaths
{
    /// <summary>
    /// The organization's name as its rows bear it. Not in the record: whoever makes the rows fills it in.
    /// </summary>
    public const string Organization = "=organization";
}
