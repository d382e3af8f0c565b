namespace CountingKit.Datasets;

/// <summary>How one column's cell is made from the values that were read.</summary>
internal abstract record RecordFormula
{
    /// <returns>False = a value that it needs can't be read, or its result is no value of ours: the cell is blank.</returns>
    public abstract bool TryCell(
        ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell);

    /// <exception cref="ArgumentException">The path is in none of the forms of <see cref="ColumnPaths"/>.</exception>
    public static RecordFormula Parse(Column column, RecordNode root, ref int inputs)
    {
        var path = column.Path;
        if (path == ColumnPaths.Organization) return new Nothing();
        if (!path.StartsWith('=')) return Plain(path, column.Type, root, ref inputs);
        if (Argument(path, "=count(") is { } counted) return new Value(root.WantCount(counted, ref inputs));
        if (Argument(path, "=link(")?.Split(", ") is [var address, var linked])
            return new Link(address, root.Want(linked, ColumnType.Text, ref inputs));
        if (Argument(path, "=join(") is { } joined) return new Value(root.WantJoined(joined, ref inputs));
        if (Argument(path, "=words(")?.Split(", ") is { } texts)
            return new Words(Want(texts, root, ref inputs));
        if (path[1..].Split(" / ") is [var dividend, var divisor])
            return new Quotient(
                root.Want(dividend, ColumnType.Money, ref inputs), root.Want(divisor, ColumnType.Money, ref inputs));

        throw new ArgumentException($"{column.Key}: {path} is not a formula that the reader knows.");
    }

    private static int[] Want(string[] paths, RecordNode root, ref int inputs)
    {
        var wanted = new int[paths.Length];
        for (var i = 0; i < paths.Length; i++) wanted[i] = root.Want(paths[i], ColumnType.Text, ref inputs);
        return wanted;
    }

    private static RecordFormula Plain(string path, ColumnType type, RecordNode root, ref int inputs) => type switch
    {
        ColumnType.Date => new CalendarDate(
            root.Want(path, ColumnType.Instant, ref inputs), root.Want(path, ColumnType.Date, ref inputs),
            root.Want($"{path}String", ColumnType.Date, ref inputs)),
        ColumnType.Decimal or ColumnType.WholeNumber => new Value(root.Want(path, ColumnType.Money, ref inputs)),
        _ => new Value(root.Want(path, type, ref inputs)),
    };

    private static string? Argument(string path, string function) =>
        path.StartsWith(function, StringComparison.Ordinal) && path.EndsWith(')') ? path[function.Length..^1] : null;

    private sealed record Nothing : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            cell = CellValue.Null;
            return true;
        }
    }

    private sealed record Value(int Input) : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            cell = inputs[Input];
            return readings[Input] != Reading.Unreadable;
        }
    }

    private sealed record Link(string Address, int Input) : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            cell = inputs[Input].IsNull
                ? CellValue.Null
                : CellValue.Text(Address + Uri.EscapeDataString(inputs[Input].AsText));
            return readings[Input] != Reading.Unreadable;
        }
    }

    private sealed record Words(int[] Inputs) : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            var (text, isReadable) = ("", true);
            foreach (var input in Inputs)
            {
                isReadable &= readings[input] != Reading.Unreadable;
                if (!inputs[input].IsNull) text = text.Length == 0 ? inputs[input].AsText : $"{text} {inputs[input].AsText}";
            }

            cell = isReadable ? CellValue.Text(text) : CellValue.Null;
            return isReadable;
        }
    }

    private sealed record Quotient(int Dividend, int Divisor) : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            cell = CellValue.Null;
            if (readings[Dividend] == Reading.Unreadable || readings[Divisor] == Reading.Unreadable) return false;
            var (dividend, divisor) = (inputs[Dividend], inputs[Divisor]);
            if (dividend.IsNull || divisor.IsNull || divisor.AsNumber == 0) return true;
            try
            {
                cell = CellValue.Number(
                    Math.Round(dividend.AsNumber / divisor.AsNumber, 2, MidpointRounding.AwayFromZero));
                return true;
            }
            catch (OverflowException)
            {
                return false; // Two decimals whose quotient is none.
            }
        }
    }

    /// <summary>
    /// Calendar dates are midnight, UTC. Where the time of day is another (old lock dates, transfers), where the date
    /// is absent or can't be read, the sibling <c>…String</c> tells the day that people saw.
    /// </summary>
    private sealed record CalendarDate(int Moment, int Day, int Sibling) : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            cell = inputs[Day];
            if (readings[Day] == Reading.Told && (IsMidnight(inputs[Moment]) || inputs[Sibling].IsNull)) return true;
            if (readings[Sibling] == Reading.Told) cell = inputs[Sibling];
            return readings[Sibling] == Reading.Told
                || (readings[Day] != Reading.Unreadable && readings[Sibling] != Reading.Unreadable);
        }

        private static bool IsMidnight(CellValue moment) =>
            moment.IsNull || moment.AsInstant.TimeOfDay == TimeSpan.Zero;
    }
}
