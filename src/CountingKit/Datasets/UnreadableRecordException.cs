namespace CountingKit.Datasets;

/// <summary>A source's answer or record holds something that its documented shape does not allow.</summary>
/// <param name="path">
/// Where: <c>Invoices[3].DueDate</c>. The value itself is never told: it may be a person's data.
/// </param>
/// <param name="problem">What was found there, as a phrase: <c>is not a date</c>.</param>
public sealed class UnreadableRecordException(string path, string problem, Exception? inner = null)
    : Exception($"{path} {problem}.", inner)
{
    public string Path { get; } = path;
}
