namespace CountingKit.Datasets;

public enum CellKind : byte
{
    Null = 0,
    Text = 1,
    Number = 2,
    Date = 3,
    Instant = 4,
    YesNo = 5,
}

/// <summary>
/// One typed value on its way from a record to a sheet. Numbers are decimals as received; an empty text is null.
/// The kinds' numbers are the tags of the content hash.
/// </summary>
public readonly struct CellValue : IEquatable<CellValue>
{
    private readonly string? text;
    private readonly decimal number;
    private readonly long ticks;

    private CellValue(CellKind kind, string? text = null, decimal number = 0, long ticks = 0) =>
        (Kind, this.text, this.number, this.ticks) = (kind, text, number, ticks);

    public CellKind Kind { get; }

    public static CellValue Null => default;

    /// <summary>Text as received; null and "" are <see cref="Null"/>.</summary>
    public static CellValue Text(string? value) => string.IsNullOrEmpty(value) ? Null : new(CellKind.Text, value);

    public static CellValue Number(decimal value) => new(CellKind.Number, number: value);

    public static CellValue Date(DateOnly value) => new(CellKind.Date, ticks: value.DayNumber);

    /// <param name="value">UTC.</param>
    public static CellValue Instant(DateTimeOffset value) => new(CellKind.Instant, ticks: value.UtcTicks);

    public static CellValue YesNo(bool value) => new(CellKind.YesNo, ticks: value ? 1 : 0);

    public bool IsNull => Kind == CellKind.Null;

    public string AsText => Kind == CellKind.Text ? text! : throw Wrong(CellKind.Text);

    public decimal AsNumber => Kind == CellKind.Number ? number : throw Wrong(CellKind.Number);

    public DateOnly AsDate => Kind == CellKind.Date ? DateOnly.FromDayNumber((int)ticks) : throw Wrong(CellKind.Date);

    public DateTimeOffset AsInstant =>
        Kind == CellKind.Instant ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw Wrong(CellKind.Instant);

    public bool AsYesNo => Kind == CellKind.YesNo ? ticks != 0 : throw Wrong(CellKind.YesNo);

    public bool Equals(CellValue other) =>
        Kind == other.Kind && text == other.text && number == other.number && ticks == other.ticks;

    public override bool Equals(object? obj) => obj is CellValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Kind, text, number, ticks);

    public static bool operator ==(CellValue left, CellValue right) => left.Equals(right);

    public static bool operator !=(CellValue left, CellValue right) => !left.Equals(right);

    private InvalidOperationException Wrong(CellKind wanted) => new($"This value is {Kind}, not {wanted}.");
}
