namespace CountingKit;

/// <summary>One entry of the registry of stable codes, shown on the help page.</summary>
/// <param name="Code">Such as <c>CK-XERO-AUTH-02</c>; never reused for something else.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Advice">What to do, for an accountant.</param>
public sealed record ErrorCode(string Code, string Title, string Advice);
