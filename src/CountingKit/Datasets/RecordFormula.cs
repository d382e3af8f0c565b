using System.Globalization;

namespace CountingKit.Datasets;

/// <summary>How one column's cell is made from the values that were read.</summary>
internal abstract record RecordFormula
{
    /// <returns>False = a value that it needs can't be read, or its result is no value of ours: the cell is blank.</returns>
    public abstract bool TryCell(
        ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell);

    /// <exception cref="ArgumentException">The path is in none of the forms of <see cref="ColumnPaths"/>.</exception>
    public static RecordFormula Parse(Column column, RecordRoots roots)
    {
        var path = column.Path;
        if (!column.IsOfRecord) return new Nothing();
        if (path == ColumnPaths.Place) return new Value(roots.WantPlace());
        if (!path.StartsWith('=')) return Plain(path, column.Type, roots);
        if (Argument(path, "=count(") is { } counted) return new Value(roots.WantCount(counted));
        if (Argument(path, "=link(")?.Split(", ") is [var address, var linked])
            return new Link(address, roots.Want(linked, ColumnType.Text));
        if (Argument(path, "=join(") is { } joined) return new Value(roots.WantJoined(joined));
        if (Argument(path, "=words(")?.Split(", ") is { } texts) return new Words(Want(texts, roots));
        if (Argument(path, "=id(")?.Split(", ") is [var own, var records])
            return new RowId(roots.Want(own, ColumnType.Text), roots.Want(records, ColumnType.Text), roots.WantPlace());
        if (Argument(path, "=net(")?.Split(", ") is [var net, var taxInNet, var netTaxing])
            return new LineAmount(Want(net, taxInNet, netTaxing, roots), IsGross: false);
        if (Argument(path, "=gross(")?.Split(", ") is [var gross, var taxInGross, var grossTaxing])
            return new LineAmount(Want(gross, taxInGross, grossTaxing, roots), IsGross: true);
        if (Argument(path, "=debit(") is { } debit) return new Side(roots.Want(debit, ColumnType.Money), IsDebit: true);
        if (Argument(path, "=credit(") is { } credit) return new Side(roots.Want(credit, ColumnType.Money), IsDebit: false);
        if (Argument(path, "=signed(")?.Split(", ") is [var unsigned, var way])
            return new Signed(roots.Want(unsigned, ColumnType.Money), roots.Want(way, ColumnType.Text));
        if (Argument(path, "=unrated(") is { } unrated && unrated.LastIndexOf(", ", StringComparison.Ordinal) is > 0 and var end)
            return new Unrated(Operand(unrated[..end], column, roots), roots.Want(unrated[(end + 2)..], ColumnType.Money));
        if (path[1..].Split(" / ") is [var dividend, var divisor])
            return new Quotient(Operand(dividend, column, roots), roots.Want(divisor, ColumnType.Money));

        throw new ArgumentException($"{column.Key}: {path} is not a formula that the reader knows.");
    }

    /// <param name="amount">A path, or a formula without its <c>=</c>.</param>
    private static RecordFormula Operand(string amount, Column column, RecordRoots roots) => amount.Contains('(', StringComparison.Ordinal)
        ? Parse(column with { Path = $"={amount}" }, roots)
        : new Value(roots.Want(amount, ColumnType.Money));

    private static int[] Want(string[] paths, RecordRoots roots) => [.. paths.Select(path => roots.Want(path, ColumnType.Text))];

    private static (int Amount, int Tax, int Taxing) Want(string amount, string tax, string taxing, RecordRoots roots) =>
        (roots.Want(amount, ColumnType.Money), roots.Want(tax, ColumnType.Money), roots.Want(taxing, ColumnType.Text));

    private static RecordFormula Plain(string path, ColumnType type, RecordRoots roots) => type switch
    {
        ColumnType.Date => new CalendarDate(
            roots.Want(path, ColumnType.Instant), roots.Want(path, ColumnType.Date),
            roots.Want($"{path}String", ColumnType.Date)),
        ColumnType.Decimal or ColumnType.WholeNumber => new Value(roots.Want(path, ColumnType.Money)),
        _ => new Value(roots.Want(path, type)),
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

    private sealed record Quotient(RecordFormula Dividend, int Divisor) : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            if (!Dividend.TryCell(inputs, readings, out cell) || readings[Divisor] == Reading.Unreadable)
            {
                cell = CellValue.Null;
                return false;
            }

            var (dividend, divisor) = (cell, inputs[Divisor]);
            cell = CellValue.Null;
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

    /// <summary>An amount where no rate stands beside it. What can't be read is told by the quotient of the two.</summary>
    private sealed record Unrated(RecordFormula Amount, int Rate) : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            if (readings[Rate] == Reading.Unreadable || !inputs[Rate].IsNull || !Amount.TryCell(inputs, readings, out cell))
                cell = CellValue.Null;
            return true;
        }
    }

    private sealed record RowId(int Own, int Records, int Place) : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            cell = !inputs[Own].IsNull ? inputs[Own]
                : CellValue.Text(string.Create(CultureInfo.InvariantCulture, $"{Text(inputs[Records])} {Text(inputs[Place])}"));
            return true; // Whatever stands in the id's place: the row is known by its own.
        }

        private static string Text(CellValue value) => value.Kind switch
        {
            CellKind.Text => value.AsText,
            CellKind.Number => value.AsNumber.ToString(CultureInfo.InvariantCulture),
            _ => "",
        };
    }

    /// <summary>A line's amount without its tax, or with it: what is written on the line says neither by itself.</summary>
    private sealed record LineAmount((int Amount, int Tax, int Taxing) Of, bool IsGross) : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            cell = CellValue.Null;
            if (readings[Of.Amount] == Reading.Unreadable || readings[Of.Tax] == Reading.Unreadable
                || readings[Of.Taxing] == Reading.Unreadable) return false;
            if (inputs[Of.Amount].IsNull || inputs[Of.Taxing].IsNull) return true;
            var amount = inputs[Of.Amount].AsNumber;
            var tax = inputs[Of.Tax].IsNull ? 0 : inputs[Of.Tax].AsNumber;
            try
            {
                decimal? made = inputs[Of.Taxing].AsText.ToUpperInvariant() switch
                {
                    "EXCLUSIVE" => IsGross ? amount + tax : amount,
                    "INCLUSIVE" => IsGross ? amount : amount - tax,
                    "NOTAX" => amount,
                    _ => null,
                };
                if (made is { } known) cell = CellValue.Number(known);
                return true;
            }
            catch (OverflowException)
            {
                return false;
            }
        }
    }

    /// <summary>What stands on one side of a journal: debits are positive amounts, credits negative ones.</summary>
    private sealed record Side(int Input, bool IsDebit) : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            cell = inputs[Input].IsNull
                ? CellValue.Null
                : CellValue.Number(Math.Max(0, IsDebit ? inputs[Input].AsNumber : -inputs[Input].AsNumber));
            return readings[Input] != Reading.Unreadable;
        }
    }

    /// <summary>Money that came in is positive, money that went out negative.</summary>
    private sealed record Signed(int Amount, int Way) : RecordFormula
    {
        public override bool TryCell(
            ReadOnlySpan<CellValue> inputs, ReadOnlySpan<Reading> readings, out CellValue cell)
        {
            cell = CellValue.Null;
            if (readings[Amount] == Reading.Unreadable || readings[Way] == Reading.Unreadable) return false;
            if (inputs[Amount].IsNull || inputs[Way].IsNull) return true;
            var (amount, way) = (inputs[Amount].AsNumber, inputs[Way].AsText);
            if (Codes.IsMoneyIn(way) is { } isIn) cell = CellValue.Number(isIn ? amount : -amount);
            return true;
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
