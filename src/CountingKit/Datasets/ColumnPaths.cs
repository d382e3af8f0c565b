namespace CountingKit.Datasets;

/// <summary>
/// What may stand in <see cref="Column.Path"/>: <c>A.B</c> (a property of a property), where A may be a list of which one
/// element is meant: <c>A[0].B</c> (by its place), <c>A[K=V].B</c> (the first whose property K is V). Or a formula:
/// <c>=organization</c>, <c>=count(A.B)</c>, <c>=A / B</c> (rounded to cents, halves away from zero; no value without
/// both, or when B is 0), <c>=link(https://…=, A)</c> (the address, then the value), <c>=words(A, B)</c> (those that there
/// are, with spaces), <c>=join(A[].B)</c> (of all elements, with commas). Where the rows are a list's elements, a path that
/// begins with that list and <c>[].</c> is the element's own, <c>=place</c> its place from 1, <c>=id(A[].B, C)</c> its id or,
/// where it has none, its record's and its place, <c>=net(A[].B, A[].C, D)</c> and <c>=gross(…)</c> its amount without
/// and with its tax, by amount, tax and what the record says of its amounts (Exclusive, Inclusive, NoTax). Of an amount,
/// <c>=debit(A)</c> is what is above zero, <c>=credit(A)</c> what is below, <c>=signed(A, B)</c> has the sign of its way, which the
/// type B tells: money in is positive; <c>=unrated(A, B)</c> is A where there is no B. In <c>A / B</c> and <c>=unrated</c>, A may be
/// one of these.
/// </summary>
/// <remarks>
/// Of a report, whose rows are its lines: <c>=period</c>, <c>=from</c>, <c>=to</c>, <c>=place</c>,
/// <c>Rows[].Cells[n].Value</c> (of a line, however deep it stands), <c>=section(Rows[])</c>, <c>=parent(Rows[])</c>,
/// <c>=account(Rows[])</c>, <c>=total(Rows[])</c>, <c>=unit(Rows[])</c>, <c>=line(Rows[])</c>: see <see cref="ReportReader"/>.
/// </remarks>
public static class ColumnPaths
{
    /// <summary>
    /// The organization's name as its rows bear it. Not in the record: whoever makes the rows fills it in.
    /// </summary>
    public const string Organization = "=organization";

    public const string Place = "=place";

    /// <summary>Of a column with a <see cref="Column.Lookup"/>.</summary>
    public const string Lookup = "=lookup";
}
