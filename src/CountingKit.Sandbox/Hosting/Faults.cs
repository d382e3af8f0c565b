using System.Text.Json;
using System.Text.RegularExpressions;

namespace CountingKit.Sandbox.Hosting;

/// <summary>A trouble to cause: strikes requests whose <c>METHOD path</c> matches.</summary>
/// <param name="After">So many matches pass first.</param>
/// <param name="Kind">status, delay, drop-before, drop-after or hang.</param>
/// <param name="Times">How often it strikes; 1 if not said.</param>
/// <param name="Body">Of a status fault: text as it is, anything else as JSON.</param>
internal sealed record Fault(
    string? Vendor,
    string? PathPattern,
    string? Kind,
    int After = 0,
    int Times = 1,
    int Status = 500,
    JsonElement? Body = null,
    Dictionary<string, string>? Headers = null,
    int DelayMs = 1000);

/// <summary>The faults that are set, in memory: a restart clears them.</summary>
internal sealed class Faults
{
    private static readonly string[] Kinds = ["status", "delay", "drop-before", "drop-after", "hang"];
    private readonly Lock _lock = new();
    private readonly List<Armed> _armed = [];

    /// <exception cref="ArgumentException">The fault means nothing; the message says why.</exception>
    public void Add(Fault fault)
    {
        if (!Kinds.Contains(fault.Kind))
            throw new ArgumentException($"kind must be one of {string.Join(", ", Kinds)}.");
        if (fault.Times < 1 || fault.After < 0 || fault.DelayMs < 0)
            throw new ArgumentException("times must be at least 1; after and delayMs at least 0.");
        lock (_lock) _armed.Add(new Armed(fault, new RequestPattern(fault.Vendor, fault.PathPattern)));
    }

    public void Clear()
    {
        lock (_lock) _armed.Clear();
    }

    public IReadOnlyList<object> List()
    {
        lock (_lock) return [.. _armed.Select(armed => new { armed.Fault, armed.Seen, armed.Struck })];
    }

    /// <summary>Counts the request on every fault it matches; the first one that is due strikes.</summary>
    public Fault? Strike(string vendor, string request)
    {
        lock (_lock)
        {
            Armed? due = null;
            foreach (var armed in _armed.Where(armed => armed.Pattern.Matches(vendor, request)))
            {
                armed.Seen++;
                if (due is null && armed.Seen > armed.Fault.After && armed.Struck < armed.Fault.Times) due = armed;
            }

            if (due is null) return null;
            due.Struck++;
            return due.Fault;
        }
    }

    private sealed class Armed(Fault fault, RequestPattern pattern)
    {
        public Fault Fault => fault;
        public RequestPattern Pattern => pattern;
        public int Seen { get; set; }
        public int Struck { get; set; }
    }
}

/// <summary>A vendor (null: both) and a regular expression on <c>METHOD path</c>.</summary>
internal sealed class RequestPattern
{
    private readonly string? _vendor;
    private readonly Regex _path;

    public RequestPattern(string? vendor, string? path)
    {
        if (vendor is not (null or "xero" or "google")) throw new ArgumentException("vendor must be xero or google.");
        _vendor = vendor;
        _path = new Regex(path ?? "", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    public bool Matches(string vendor, string request) =>
        (_vendor is null || _vendor == vendor) && _path.IsMatch(request);
}
